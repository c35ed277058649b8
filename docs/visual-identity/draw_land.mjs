// Writes v2v_pages/map_land.json: land, borders and countries as SVG paths in the projection of v2v_pages/map.py.
// In an empty folder: npm install d3-geo topojson-client topojson-simplify world-atlas
// then: node draw_land.mjs > map_land.json
import { readFileSync } from "node:fs";
import { geoConicConformal, geoPath } from "d3-geo";
import { feature, merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const WIDTH = 420;
const HEIGHT = 600;
const SMALLEST_TRIANGLE = 0.03; // of a simplified outline, in square degrees

// ISO 3166-1 numeric codes, as the atlas has them; Kosovo has none there
const COUNTRIES = {
  "008": "AL", "040": "AT", "056": "BE", "070": "BA", "100": "BG", "112": "BY", "191": "HR", "196": "CY",
  "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "276": "DE", "300": "GR", "348": "HU",
  "380": "IT", "428": "LV", "440": "LT", "442": "LU", "498": "MD", "499": "ME", "528": "NL", "578": "NO",
  "616": "PL", "642": "RO", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "756": "CH",
  "804": "UA", "807": "MK", "826": "GB",
};

const projection = geoConicConformal()
  .parallels([42, 62])
  .rotate([-14.5, 0])
  .fitExtent([[0, 0], [WIDTH, HEIGHT]], {
    type: "MultiPoint",
    coordinates: [[4, 40.2], [25, 40.2], [3.5, 65], [27.5, 65.2], [14.5, 65.6]],
  })
  // land goes on beyond the box, where the page fades it out
  .clipExtent([[-90, -80], [WIDTH + 60, HEIGHT + 60]]);

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json"));
const world = simplify(presimplify(atlas), SMALLEST_TRIANGLE);
const path = geoPath(projection).digits(0);

const countries = {};
for (const country of feature(world, world.objects.countries).features) {
  const code = country.properties.name === "Kosovo" ? "XK" : COUNTRIES[country.id];
  const outline = code && path(country);
  if (outline) countries[code] = outline;
}

const drawing = {
  land: path(merge(world, world.objects.countries.geometries)),
  borders: path(mesh(world, world.objects.countries, (one, other) => one !== other)),
  countries: Object.fromEntries(Object.entries(countries).sort()),
};
console.log(JSON.stringify(drawing, null, 0).replaceAll(/([{,])"/g, '$1\n"').replace(/}}$/, "\n}\n}").replaceAll('":', '": '));
console.error(`scale ${projection.scale()}, translate ${projection.translate()}`);
