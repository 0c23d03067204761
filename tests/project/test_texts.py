"""No text is left over: each is asked for by the code or a template."""

import ast
import re
from pathlib import Path

import streamlit

from geodata.text import section, text_keys

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("geodata", "dashboard", "pages")


def _files(ending: str) -> list[Path]:
    return [path for folder in FOLDERS for path in (ROOT / folder).rglob(f"*{ending}")]


def _words_of_templates() -> set[str]:
    words = (re.findall(r"[\w.]+", path.read_text(encoding="utf-8")) for path in _files(".html"))
    return {word for of_file in words for word in of_file}


class Asked:
    """What could name a text: strings of the code, names of fields, and f-strings as patterns."""

    def __init__(self) -> None:
        self.words = _words_of_templates()
        self.patterns: set[re.Pattern[str]] = set()
        self.sections: set[str] = set()
        for path in (ROOT / "app.py", *_files(".py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                self._note(node)
        self.words |= {word.lower().replace(" ", "_") for word in self.words}  # steps of progress

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Constant(value=str(word)) | ast.keyword(arg=str(word)):
                self.words.add(word)
            case ast.Call(func=ast.Name(id="section"), args=[ast.Constant(value=str(name))]):
                self.sections.add(f"{name}.")
            case ast.AnnAssign(target=ast.Name(id=word)):
                self.words.add(word)
            case ast.JoinedStr(values=parts):
                fixed = [part.value for part in parts if isinstance(part, ast.Constant)]
                said = "".join(fixed)
                if len(fixed) < len(parts) and ("." in said or len(said) >= 3):
                    pattern = "".join(
                        re.escape(part.value) if isinstance(part, ast.Constant) else r"([\w.]+)"
                        for part in parts
                    )
                    self.patterns.add(re.compile(pattern))

    def names(self, key: str) -> bool:
        """Whether the code names ``key``; what an f-string leaves open has to be named, too."""
        if key in self.words or (key.startswith("error.") and key[6:] in self.words):
            return True
        if key.startswith(tuple(self.sections)):
            return True
        matches = (pattern.fullmatch(key) for pattern in self.patterns)
        return any(all(map(self._knows, match.groups())) for match in matches if match)

    def _knows(self, part: str) -> bool:
        if part in self.words or all(word in self.words for word in part.split(".")):
            return True
        matches = (pattern.fullmatch(part) for pattern in self.patterns)
        return any(match[1] in self.words for match in matches if match and match.re.groups == 1)


def test_every_text_is_asked_for_somewhere():
    asked = Asked()
    unused = [key for key in text_keys() if not asked.names(key)]
    assert unused == [], "remove these from geodata/texts, or the code that should use them is gone"


def test_a_text_that_nothing_asks_for_would_be_seen():
    asked = Asked()
    assert asked.names("app.title")
    assert asked.names("column.kode")
    for key in ("app.titel", "column.kodee", "impor.step.tak_satu_pun", "error.region_unknwon"):
        assert not asked.names(key)


def test_what_we_say_for_streamlit_is_what_streamlit_says():
    """With another version of Streamlit a word may be another one, and stay in English."""
    scripts = Path(streamlit.__file__).parent.glob("static/static/js/*.js")
    said_there = "".join(path.read_text(encoding="utf-8") for path in scripts)
    whole = [said["en"] for said in section("streamlit") if "{" not in said["en"]]
    beginnings = [" ".join(said.split()[:3]) for said in whole]  # it puts some together
    assert [said for said in beginnings if said not in said_there] == []
