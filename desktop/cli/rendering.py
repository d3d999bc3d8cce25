"""Puts the results of commands into lines of text. The JSON shape is the interface; this is for eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop import texts

Value = Mapping[str, Any]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns, each as wide as its widest cell; a line break in a cell becomes a space."""
    if not rows:
        return ""
    rows = [[_in_one_line(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _in_one_line(words: str) -> str:
    """Return foreign words without line breaks, so that they cannot pass for a line of ours."""
    return " ".join(words.splitlines())


def checked(results: Iterable[Value]) -> str:
    """Return what `check` found, file by file."""
    lines: list[str] = []
    for result in results:
        if result.get("messages") == []:
            lines.append(texts.text("cli.check.no_message", file=result["file"]))
        for message in result.get("messages", ()):
            lines.extend(_checked_message(result["file"], message))
    return "\n".join(lines)


def _checked_message(file: str, message: Value) -> list[str]:
    issues = message["issues"]
    errors = sum(issue["severity"] == "error" for issue in issues)
    data = message["data"] or texts.text("cli.check.no_data")
    if errors:
        lines = [texts.text("cli.check.not_ready", file=file, data=data, count=errors)]
    else:
        lines = [texts.text("cli.check.ready", file=file, data=data)]
    lines.extend(
        texts.text(
            "cli.check.line",
            severity=texts.text(f"cli.check.severity.{issue['severity']}"),
            code=issue["code"],
            path=issue["path"] or "/",
            text=issue["text"],
        )
        for issue in issues
    )
    if message["not_judged"]:
        lines.append(texts.text("cli.check.not_judged", rules=", ".join(message["not_judged"])))
    return lines


def items(kind: str, found: Sequence[Value]) -> str:
    """Return a list of trips, shipments or library records."""
    if not found:
        return texts.text("cli.list.none")
    if kind == "trips":
        return table([_trip(item) for item in found])
    if kind == "shipments":
        return table(
            [
                [item["number"], item["regime"], item["type"], item["trip"], _word("clearance", item["clearance"])]
                for item in found
            ]
        )
    return table([[item["key"], item["title"], item["subtitle"]] for item in found])


def _trip(item: Value) -> list[str]:
    return [
        item["trip"],
        item["regime"],
        item["port"],
        item["eta"],
        _word("delivery", item["delivery"]),
        _word("customs", item["customs"]),
    ]


def _word(area: str, value: str) -> str:
    return texts.text(f"states.{area}.{value}")


def shown(value: Value) -> str:
    """Return one trip with its states, shipments and history."""
    lines = [
        f"{value['trip']}  {value['regime']}  {value['company']}",
        f"{_word('delivery', value['delivery'])} · {_word('customs', value['customs'])}",
        _word("verdict", value["readiness"]["verdict"]),
        *(f"  {reason['text']}" for reason in value["readiness"]["reasons"]),
        *(f"  {error['text']}" for error in value["errors"]),
    ]
    if value["shipments"]:
        lines.append("")
        lines.append(table([[s["number"], s["type"], _word("clearance", s["clearance"])] for s in value["shipments"]]))
    if value["history"]:
        lines.append("")
        lines.append(table([[line["at"], line["text"]] for line in value["history"]]))
    return "\n".join(lines)


def sent(value: Value) -> str:
    """Return what a send came to."""
    lines: list[str] = []
    for item in value.get("items", [value]):
        lines.append(f"{item['trip']}  {_word('outcome', item['outcome'])} · {_word('customs', item['customs'])}")
        if item["status"]:
            lines.append(f"  {item['status']}")
        lines.extend(f"  {issue['text']}" for issue in (*item["errors"], *item.get("warnings", ())))
        if item.get("next_step"):
            lines.append(f"  {item['next_step']}")
    return "\n".join(lines)


def inbox(found: Sequence[Value]) -> str:
    """Return messages, newest first, two lines each."""
    if not found:
        return texts.text("cli.inbox.none")
    return "\n".join(inbox_item(item) for item in found)


def inbox_item(item: Value) -> str:
    """Return one message in two lines."""
    mark = "*" if item["unread"] else " "
    about = " ".join(part for part in (item["trip"], item["shipment"]) if part)
    repeats = f" (x{item['repeats']})" if item["repeats"] > 1 else ""
    second = " · ".join(part for part in (about, item["text"].replace("\n", " · ")) if part)
    return f"{mark} {item['received_at']}  {item['title']}{repeats}\n    {second}".rstrip()


def companies(found: Sequence[Value]) -> str:
    """Return the carriers."""
    if not found:
        return texts.text("cli.company.none")
    return table(
        [
            [
                item["name"],
                ",".join(item["scacs"]) or "-",
                ",".join(item["carrier_codes"]) or "-",
                (texts.text("cli.company.practice") if item["practice"] else item["address"])
                + (f" ({texts.text('cli.company.http')})" if item["way"] == "http" else ""),
                texts.text("cli.company.key_kept" if item["has_key"] else "cli.company.no_key"),
            ]
            for item in found
        ]
    )


def findings(found: Iterable[Value]) -> str:
    """Return what the doctor found."""
    lines: list[str] = []
    for finding in found:
        state = texts.text(f"cli.doctor.{finding['state']}")
        lines.append(f"{state}  {finding['title']}: {finding['text']}")
        if finding["remedy"]:
            lines.append(f"       {finding['remedy']}")
    return "\n".join(lines)


_CELL = "tables.cell"
_MOST_NOTES = 200


def _tables(value: Value) -> list[str]:
    """Return what became of tables: each row where it was only looked at, and how many of each."""
    rows = [item for item in value["items"] if "row" in item]
    lines = []
    for file in dict.fromkeys(item["file"] for item in rows):
        own = [item for item in rows if item["file"] == file]
        if value["dry_run"]:
            lines += [
                texts.text(
                    "cli.import.row",
                    file=file,
                    row=item["row"],
                    title=_in_one_line(item["number"]) or "-",
                    happens=texts.text(f"cli.import.happens.{item['happens']}"),
                )
                for item in own
            ]
        counts = {happens: sum(item["happens"] == happens for item in own) for happens in ("new", "change", "same")}
        lines.append(texts.text("cli.import.table", file=file, **counts))
    return lines


def cell_notes(value: Value) -> list[str]:
    """Return what is wrong in cells, and what to look at, a line each; the rest of very many is counted."""
    said = [one for one in value["problems"] if one["code"] == _CELL] + value["warnings"]
    lines = [f"{one['file']}: {_in_one_line(one['text'])}" for one in said[:_MOST_NOTES]]
    if len(said) > _MOST_NOTES:
        lines.append(texts.text("cli.import.more", count=len(said) - _MOST_NOTES))
    return lines


def brought_in(value: Value) -> str:
    """Return what an import did."""
    lines = [
        texts.text(f"cli.import.{item['what']}", file=item["file"], number=_in_one_line(item["number"]) or "-")
        for item in value["items"]
        if "row" not in item
    ]
    lines += _tables(value)
    for problem in value["problems"]:
        if problem["code"] == _CELL:
            continue
        about = "" if problem["text"].startswith(problem["file"]) else f"{problem['file']}: "
        lines.extend((f"{about}{problem['text']}", f"  {problem['remedy']}"))
    if not value["items"]:
        lines.append(texts.text("cli.import.none"))
    elif value["dry_run"]:
        lines.append(texts.text("cli.import.dry_run"))
    return "\n".join(lines)
