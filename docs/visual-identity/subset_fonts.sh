#!/bin/sh
# Writes the fonts of v2v_pages/static/v2v_pages/fonts.
# In an empty folder: pip install fonttools brotli; npm install @fontsource-variable/geologica
set -eu

LATIN="U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2212"
BALKAN="U+0106-0107,U+010C-010D,U+0110-0111,U+015A-015B,U+0160-0161,U+0179-017A,U+017D-017E"
LATIN_EXT="U+0100-0107,U+010A-0113,U+0116-011B,U+011E-011F,U+0122-0123,U+0128-012B,U+012E-0131,U+0136-0137,U+0139-013E,U+0141-0148,U+014C-014D,U+0150-0155,U+0158-015B,U+015E-0165,U+0168-0173,U+0178-017E,U+01C4-01CC,U+0218-021B,U+1E9E"
CYRILLIC="U+0301,U+0400-045F,U+0490-0491,U+2116"

cut() { # NAME SOURCE CHARACTERS
    pyftsubset "node_modules/@fontsource-variable/geologica/files/geologica-$2-wght-normal.woff2" \
        --unicodes="$3" --layout-features='kern,mark,mkmk,locl,ccmp' --no-hinting --flavor=woff2 \
        --output-file="geologica-$1.woff2"
}

cut latin latin "$LATIN"
cut balkan latin-ext "$BALKAN"
cut latin-ext latin-ext "$LATIN_EXT"
cut cyrillic cyrillic "$CYRILLIC"
