"""Types that openapi-typescript generates compile, and read the article."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from v2v_pages.models import NewsPage

from .node import MODULES, ROOT, node

PROGRAM = Path(__file__).with_name("read_article.ts")

SETTINGS = {
    "package.json": json.dumps({"type": "module"}),
    "tsconfig.json": json.dumps(
        {
            "compilerOptions": {
                "strict": True,
                "noUncheckedIndexedAccess": True,
                "exactOptionalPropertyTypes": True,
                "target": "es2022",
                "module": "esnext",
                "moduleResolution": "bundler",
                "types": [],
            }
        }
    ),
    # the little of Node.js that the program uses
    "node.d.ts": (
        'declare module "node:fs" { function readFileSync(path: string, coding: string): string }\n'
        "declare const process: { argv: string[] };\n"
    ),
}

pytestmark = pytest.mark.browser


def test_generated_types_compile_and_read_the_article(
    get: Callable[..., Any], make_news: Callable[[int], list[NewsPage]], tmp_path: Path
) -> None:
    [article] = make_news(1)
    answer = tmp_path / "answer.json"
    answer.write_bytes(get("news/", locale="it").content)

    types = tmp_path / "schema.d.ts"
    node(MODULES / "openapi-typescript/bin/cli.js", ROOT / "openapi.json", "--output", types)
    shutil.copy(PROGRAM, tmp_path)
    for name, content in SETTINGS.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    node(MODULES / "typescript/bin/tsc", "--project", tmp_path)
    lines = node(tmp_path / "read_article.js", answer).splitlines()

    assert lines[0] == f"{article.title} [en for it]"
    assert "licence CC-BY-4.0" in lines
    assert "funding Funded by the European Union." in lines
    assert any(line.startswith("twinning ") for line in lines)
    assert any(line.startswith("quote: We met. (Person ") for line in lines)
    assert "table: Opening|2.5|<p>Online</p>" in lines
    assert any(line.startswith("twinnings: Kosovo*") for line in lines)
