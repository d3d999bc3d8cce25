"""What takes a go away is found by numbers, never by going through the inbox."""

from __future__ import annotations

import pytest
from unit.services.world import World

from desktop.store import bearing


@pytest.mark.parametrize(
    ("sql", "values"),
    [(bearing._OF_OTHERS, ("[]", "")), (bearing._LINKED + bearing._UNCLEAR, ("[]",))],
    ids=["of_others", "unclear"],
)
def test_messages_are_found_by_number(world: World, run, sql: str, values: tuple[str, ...]) -> None:
    async def main() -> None:
        steps = await world.store.bearing._reader.read(
            lambda db: [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        )
        assert any("(number=?)" in step for step in steps)
        assert not [step for step in steps if "(company=?)" in step]
        assert not [step for step in steps if step.startswith("SCAN") and "json_each" not in step]

    run(main())
