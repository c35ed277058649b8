"""The example for Node.js: functions in TypeScript for one page."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.partners.double import served as double

from .node import EXAMPLES, MODULES, NOWHERE, ROOT, node

pytestmark = pytest.mark.browser

SHOW = """
import { asHtml, latestNews } from "./latest-news.js";
const [site, file, wait] = process.argv.slice(2);
const started = Date.now();
const articles = await latestNews(site, file, "it", { wait: Number(wait) });
console.log(JSON.stringify({ html: asHtml(articles), waited: Date.now() - started }));
"""

NODE_TYPES = """
declare module "node:fs/promises" {
  function readFile(path: string, coding: string): Promise<string>;
  function writeFile(path: string, text: string): Promise<void>;
  function rename(old: string, path: string): Promise<void>;
  function rm(path: string, options: { force: boolean }): Promise<void>;
}
declare module "node:crypto" {
  function randomUUID(): string;
}
"""
"""The little of Node.js that the example uses; a partner installs @types/node."""

OPTIONS = {
    "compilerOptions": {
        "strict": True,
        "noUncheckedIndexedAccess": True,
        "exactOptionalPropertyTypes": True,
        "target": "es2022",
        "module": "esnext",
        "moduleResolution": "bundler",
        "lib": ["es2022", "dom", "dom.iterable"],
        "types": [],
    }
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the TypeScript example, with generated types, after strict compilation."""
    folder = tmp_path_factory.mktemp("typescript")
    shutil.copy(EXAMPLES / "typescript/latest-news.ts", folder)
    (folder / "show.mjs").write_text(SHOW, encoding="utf-8")
    (folder / "node.d.ts").write_text(NODE_TYPES, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "tsconfig.json").write_text(json.dumps(OPTIONS), encoding="utf-8")
    types = folder / "v2v.d.ts"
    node(MODULES / "openapi-typescript/bin/cli.js", ROOT / "openapi.json", "--output", types)
    node(MODULES / "typescript/bin/tsc", "--project", folder)
    return folder


@pytest.fixture
def silence() -> Iterator[str]:
    """The address of something that takes requests and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def shown(folder: Path, site: str, copy: Path, wait: int = 2000) -> tuple[str, int]:
    """Returns what a page of a partner shows, and for how many milliseconds it waited."""
    answer = json.loads(node(folder / "show.mjs", site, copy, str(wait)))
    return answer["html"], answer["waited"]


def test_a_page_shows_the_latest_news_and_then_the_last_good_copy(
    compiled: Path, served: str, silence: str, tmp_path: Path
) -> None:
    copy = tmp_path / "news.json"

    html, _waited = shown(compiled, served, copy)

    assert '<li lang="it"><a href="http://localhost/it/notizie/incontro/">Incontro</a>' in html
    assert "Funded by the European Union." in html
    for site, wait in (
        (NOWHERE, 2000),
        (silence, 100),
        (f"{served}/nowhere", 2000),
        (served, 2000),
    ):
        kept = json.loads(copy.read_text("utf-8"))
        copy.write_text(json.dumps({**kept, "triedAt": 0}), "utf-8")
        again, waited = shown(compiled, site, copy, wait)
        assert again == html
        assert waited < 2500
    assert shown(compiled, NOWHERE, copy)[0] == html, "A fresh copy asks nobody."


@pytest.mark.parametrize("answer", [{"status": "maintenance"}, {"items": None}, []])
def test_an_answer_that_is_no_list_of_news_leaves_the_last_good_copy(
    compiled: Path, served: str, tmp_path: Path, answer: object
) -> None:
    copy = tmp_path / "news.json"
    html, _waited = shown(compiled, served, copy)
    kept = json.loads(copy.read_text("utf-8"))
    copy.write_text(json.dumps({**kept, "triedAt": 0}), "utf-8")

    with double({"/api/v1/news/": ({"ETag": '"other"'}, json.dumps(answer).encode())}) as other:
        assert shown(compiled, other.address, copy)[0] == html

    after = json.loads(copy.read_text("utf-8"))
    assert (after["items"], after["etag"]) == (kept["items"], kept["etag"])
    assert list(tmp_path.iterdir()) == [copy]


def test_a_page_waits_for_two_seconds_at_most() -> None:
    source = (EXAMPLES / "typescript/latest-news.ts").read_text("utf-8")

    assert "wait = 2000" in source
    assert "AbortSignal.timeout(wait)" in source
