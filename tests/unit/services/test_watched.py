"""The watched folder: real files, a clock that stands still, and what dispatch software may do wrong."""

from __future__ import annotations

import asyncio
import json
import os
import threading

import pytest
from unit.services.world import golden

from desktop.errors import DesktopError, EnvironmentFailure
from desktop.services import drop_folder
from desktop.services.drop_folder import DropFolder
from desktop.services.import_preview import ImportPreview, carrier_of
from desktop.services.tables import Tables
from desktop.services.watched import Watched, aside
from desktop.services.watched_table import letters


class Drop:
    """The watched folder of a world, and what it told."""

    def __init__(self, world, path) -> None:
        self.world, self.path = world, path
        path.mkdir(exist_ok=True)
        self.news = []
        self.restart()

    def restart(self) -> None:
        world = self.world
        preview = ImportPreview(world.store, world.importing, world.facts, world.clock)
        tables = Tables(world.store, world.changes, world.clock)
        self.watched = Watched(world.store, lambda: preview, lambda: tables, world.clock, world.keeper)
        self.watched.folder = str(self.path)
        self.watched._drop = DropFolder(self.path)
        self.watched.subscribe(self.news.append)

    def put(self, name: str, *messages, text: str | None = None):
        path = self.path / name
        if text is None:
            text = json.dumps(messages[0] if len(messages) == 1 else list(messages))
        path.write_text(text, encoding="utf-8")
        return path

    async def rest(self, *, seconds: float = 2.0) -> None:
        """Look, let the time pass that a file must have rested, look again."""
        await self.watched.look()
        self.world.clock.advance(seconds)
        await self.watched.look()

    def names(self, folder: str = "") -> list[str]:
        place = self.path / folder
        return sorted(one.name for one in place.iterdir() if not one.is_dir()) if place.is_dir() else []

    def report(self, name: str, folder: str = "done") -> str:
        return (self.path / folder / f"{name}.report.txt").read_text(encoding="utf-8")


@pytest.fixture
def drop(world, tmp_path) -> Drop:
    return Drop(world, tmp_path / "dispatch")


async def trips(drop):
    return await drop.world.store.trips.latest()


def test_a_file_becomes_a_draft_and_goes_to_done_with_a_report(drop, run) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        await drop.rest()
        (trip,) = await trips(drop)
        assert trip.document == golden("ace-trip")
        assert (drop.names(), drop.names("working"), drop.names("done")) == ([], [], ["a.json", "a.json.report.txt"])
        (news,) = drop.news
        assert (news.trips, news.failed, news.trouble) == ((trip.id,), (), None)
        assert trip.number in drop.report("a.json")
        assert "new draft" in drop.report("a.json")

    run(main())


@pytest.mark.parametrize("names", [["autoSend"], ["sendId"]])
def test_nothing_is_ever_sent_by_itself(drop, run, names) -> None:
    async def main() -> None:
        message = {**golden("ace-trip"), "operation": "CREATE", **dict.fromkeys(names, True)}
        drop.put("a.json", message)
        drop.put("b.json", golden("ace-send-request"))
        await drop.rest()
        (trip,) = await trips(drop)
        assert await drop.world.store.outbox.for_trip(trip.id) == []
        await drop.world.deliver()
        assert drop.world.socket.sent == []
        assert drop.names("failed")[0] == "b.json"

    run(main())


def test_a_file_is_left_alone_until_it_has_rested_two_seconds(drop, run) -> None:
    async def main() -> None:
        path = drop.put("slow.json", text='{"data": "ACE_TRIP", ')
        for written in range(5):
            await drop.watched.look()
            drop.world.clock.advance(1.9)
            os.utime(path, ns=(written, 10**9 * (written + 1)))
        await drop.watched.look()
        assert drop.names() == ["slow.json"]
        drop.put("slow.json", golden("ace-trip"))
        await drop.rest(seconds=1.9)
        assert drop.names() == ["slow.json"]
        drop.world.clock.advance(0.2)
        await drop.watched.look()
        assert drop.names() == []
        assert len(await trips(drop)) == 1

    run(main())


def test_an_empty_file_waits_longer_for_its_writer(drop, run) -> None:
    async def main() -> None:
        drop.put("new.json", text="")
        await drop.rest(seconds=20)
        assert drop.names() == ["new.json"]
        await drop.rest(seconds=11)
        assert drop.names("failed") == ["new.json", "new.json.report.txt"]

    run(main())


def test_a_file_that_grows_while_it_is_read_is_read_again_later(drop, run, monkeypatch) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        real = os.fstat
        calls = []

        def growing(handle):
            it = real(handle)
            calls.append(it)
            return os.stat_result((*it[:6], it.st_size - len(calls) % 2, *it[7:])) if len(calls) <= 2 else it

        monkeypatch.setattr(drop_folder.os, "fstat", growing)
        await drop.rest()
        assert (drop.names("working"), await trips(drop)) == (["a.json"], [])
        await drop.rest()
        assert drop.names("done") == ["a.json", "a.json.report.txt"]

    run(main())


@pytest.mark.parametrize(
    "name", [".a.json", "~$a.json", "~a.json", "a.json.part", "a.json.tmp", "a.txt", "a.json.report.txt", "json"]
)
def test_hidden_temporary_and_other_files_are_not_touched(drop, run, name) -> None:
    async def main() -> None:
        drop.put(name, golden("ace-trip"))
        await drop.rest()
        assert drop.names() == [name]
        assert await trips(drop) == []

    run(main())


def test_links_are_never_followed(drop, run, tmp_path) -> None:
    async def main() -> None:
        secret = tmp_path / "secret.json"
        secret.write_text(json.dumps(golden("ace-trip")), encoding="utf-8")
        (drop.path / "link.json").symlink_to(secret)
        (drop.path / "folder.json").mkdir()
        if hasattr(os, "mkfifo"):
            os.mkfifo(drop.path / "pipe.json")
        await drop.rest()
        assert await trips(drop) == []
        assert secret.exists()
        assert (drop.path / "link.json").is_symlink()

    run(main())


def test_a_link_that_takes_the_place_of_a_claimed_file_is_refused(drop, run, tmp_path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps(golden("ace-trip")), encoding="utf-8")
    folder = DropFolder(drop.path)
    folder.look(0.0)
    (drop.path / "working" / "a.json").symlink_to(secret)
    with pytest.raises(DesktopError) as caught:
        folder.read(drop.path / "working" / "a.json")
    assert caught.value.code == "watched.no_file"


@pytest.mark.parametrize("name", ["working", "done", "failed"])
def test_folders_that_lead_out_are_refused_once(drop, run, tmp_path, name) -> None:
    async def main() -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (drop.path / name).symlink_to(outside, target_is_directory=True)
        drop.put("a.json", golden("ace-trip"))
        for _ in range(4):
            await drop.watched.look()
            drop.world.clock.advance(31)
        assert [news.trouble.code for news in drop.news] == ["watched.not_a_folder"]
        assert (list(outside.iterdir()), await trips(drop)) == ([], [])

    run(main())


def test_a_file_comes_in_whole_or_not_at_all(drop, run) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"), {"data": "RNS", "who": "Sample Person"}, golden("aci-trip"))
        await drop.rest()
        assert await trips(drop) == []
        said = drop.report("a.json", "failed")
        assert "import.not_a_draft" in said
        assert "left out" in said
        assert drop.news[0].failed == ("a.json",)

    run(main())


def test_broken_json_is_told_with_its_place(drop, run) -> None:
    async def main() -> None:
        drop.put("a.json", text='{"data": "ACE_TRIP",\n  "tripNumber": }')
        await drop.rest()
        said = drop.report("a.json", "failed")
        assert "line 2, column 17" in said
        assert "protocol.json_syntax" in said

    run(main())


PRIVATE = ["Zzyzx", "Qwertz", "1971-02-03", "DL99887766", "PLATE77", "SECRETKEY"]


def test_no_report_names_anything_private(drop, run) -> None:
    async def main() -> None:
        trip = golden("ace-trip")
        trip["drivers"] = [
            {
                "firstName": "Zzyzx",
                "lastName": "Qwertz",
                "dateOfBirth": "1971-02-03",
                "travelDocuments": [{"number": "DL99887766"}],
            }
        ]
        trip["truck"] = {"number": "PLATE77", "licensePlates": [{"number": "PLATE77"}]}
        drop.put("good.json", trip)
        drop.put("named.json", {**trip, "tripNumber": "Zzyzx Qwertz"}, {"data": "Zzyzx Qwertz PLATE77"})
        drop.put("letters.json", {**trip, "tripNumber": "Qwertz"})
        drop.put("twice.json", text='{"data": "ACE_TRIP", "SECRETKEY": 1, "SECRETKEY": 2}')
        drop.put("broken.json", text='{"data": "ACE_TRIP", "drivers": [{"firstName": Zzyzx}]}')
        await drop.rest()
        reports = [*drop.path.glob("done/*.txt"), *drop.path.glob("failed/*.txt")]
        assert len(reports) == 5
        for path in reports:
            said = path.read_text(encoding="utf-8")
            assert [word for word in PRIVATE if word.casefold() in said.casefold()] == [], path.name

    run(main())


def test_a_file_of_the_same_name_again_is_numbered(drop, run) -> None:
    async def main() -> None:
        for port in ("3801", "3802", "0901"):
            drop.put("a.json", {**golden("ace-trip"), "usPortOfArrival": port})
            await drop.rest()
        assert [name for name in drop.names("done") if name.endswith(".json")] == ["a (2).json", "a (3).json", "a.json"]
        assert (drop.path / "done" / "a (3).json.report.txt").exists()
        (trip,) = await trips(drop)
        assert trip.document["usPortOfArrival"] == "0901"

    run(main())


def test_names_too_long_for_a_report_are_cut(drop, run) -> None:
    async def main() -> None:
        drop.put("ü" * 120 + ".json", golden("ace-trip"))
        await drop.rest()
        assert len(await trips(drop)) == 1
        assert len(drop.names("done")) == 2

    run(main())


def test_what_was_claimed_when_the_program_died_comes_in_once(drop, run) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        nameless = {name: value for name, value in golden("aci-trip").items() if name != "tripNumber"}
        drop.put("b.json", nameless, golden("aci-trip"))
        folder = drop.watched._drop
        real = folder.note
        folder.note = folder.put_away = lambda *_: (_ for _ in ()).throw(asyncio.CancelledError())
        for _ in range(3):  # dies after the import, before the file is put away
            try:
                await drop.rest()
            except asyncio.CancelledError:
                drop.restart()
                folder = drop.watched._drop
                folder.note = folder.put_away = lambda *_: (_ for _ in ()).throw(asyncio.CancelledError())
        assert real is not None
        assert drop.names("working") != []
        drop.restart()
        await drop.rest()
        await drop.rest()
        assert drop.names("working") == []
        assert [name for name in drop.names("done") if name.endswith(".json")] == ["a.json", "b.json"]
        assert len(await trips(drop)) == 3

    run(main())


def test_trips_without_a_number_are_not_doubled_after_a_death(drop, run) -> None:
    async def main() -> None:
        nameless = {name: value for name, value in golden("aci-trip").items() if name != "tripNumber"}
        drop.put("a.json", nameless)
        drop.watched._drop.note = lambda *_: (_ for _ in ()).throw(asyncio.CancelledError())
        with pytest.raises(asyncio.CancelledError):
            await drop.rest()
        assert len(await trips(drop)) == 1, "it died after the import"
        drop.restart()
        await drop.rest()
        assert len(await trips(drop)) == 1
        assert "was here already" in drop.report("a.json")
        drop.put("b.json", nameless)
        await drop.rest()
        assert len(await trips(drop)) == 2, "what is left anew is another trip"

    run(main())


def test_a_report_in_working_means_the_file_was_dealt_with(drop, run) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        drop.put("b.json", text="{")
        folder = drop.watched._drop
        folder.put_away = lambda *_: (_ for _ in ()).throw(asyncio.CancelledError())  # dies before it is moved
        for _ in range(2):
            with pytest.raises(asyncio.CancelledError):
                await drop.rest()
        (trip,) = await trips(drop)
        await drop.world.store.trips.save(trip.id, {**trip.document, "usPortOfArrival": "9999"}, {}, version=1)
        drop.restart()
        await drop.rest()
        assert drop.names("done") == ["a.json", "a.json.report.txt"]
        assert drop.names("failed") == ["b.json", "b.json.report.txt"]
        assert (await trips(drop))[0].document["usPortOfArrival"] == "9999", "what was typed since is not undone"

    run(main())


def test_a_folder_that_is_gone_is_told_once_and_found_again(drop, run) -> None:
    async def main() -> None:
        away = drop.path.with_name("away")
        drop.path.rename(away)
        for _ in range(70):
            await drop.watched.look()
            drop.world.clock.advance(1)
        assert [news.trouble.code for news in drop.news] == ["watched.gone"]
        away.rename(drop.path)
        drop.put("a.json", golden("ace-trip"))
        for _ in range(40):
            await drop.watched.look()
            drop.world.clock.advance(1)
        assert drop.watched.trouble is None
        assert len(await trips(drop)) == 1

    run(main())


def test_a_file_that_cannot_be_moved_is_told_once_and_not_brought_in(drop, run, monkeypatch) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        drop.put("b.json", golden("aci-trip"))
        real = drop_folder.Path.rename
        locked = {"a.json"}

        def rename(self, target):
            if self.name in locked:
                raise PermissionError(13, "open elsewhere")
            return real(self, target)

        monkeypatch.setattr(drop_folder.Path, "rename", rename)
        for _ in range(70):
            await drop.watched.look()
            drop.world.clock.advance(1)
        assert len(await trips(drop)) == 1, "the other file is not held up"
        assert [news.trouble.code for news in drop.news if news.trouble] == ["watched.not_moved"]
        locked.clear()
        await drop.rest(seconds=31)
        assert len(await trips(drop)) == 2
        assert drop.names() == []

    run(main())


def test_a_file_that_cannot_be_put_away_is_not_brought_in_again(drop, run, monkeypatch) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))
        real = drop_folder.Path.rename

        def rename(self, target):
            if self.parent.name == "working":
                raise PermissionError(13, "open elsewhere")
            return real(self, target)

        monkeypatch.setattr(drop_folder.Path, "rename", rename)
        await drop.rest()
        (trip,) = await trips(drop)
        await drop.world.store.trips.save(trip.id, {**trip.document, "usPortOfArrival": "9999"}, {}, version=1)
        for _ in range(70):
            await drop.watched.look()
            drop.world.clock.advance(1)
        assert (await trips(drop))[0].version == 2
        assert len([news for news in drop.news if news.trouble]) == 1
        monkeypatch.undo()
        drop.world.clock.advance(31)
        await drop.watched.look()
        assert drop.names("done") == ["a.json", "a.json.report.txt"]

    run(main())


def test_too_large_files_fail_unread(drop, run, monkeypatch) -> None:
    async def main() -> None:
        monkeypatch.setattr(drop_folder, "MAX_BYTES", 1_000)
        drop.put("a.json", text=" " * 1_001)
        await drop.rest()
        assert "watched.too_large" in drop.report("a.json", "failed")

    run(main())


def test_thousands_of_files_come_in_by_and_by(drop, run) -> None:
    async def main() -> None:
        for number in range(1_500):
            drop.put(f"{number:05}.json", text="{")
        await drop.watched.look()
        drop.world.clock.advance(2)
        await drop.watched.look()
        assert len(drop.names("failed")) == 2 * drop_folder.TAKEN_TOGETHER
        drop.put("last.json", golden("ace-trip"))
        looks = 0
        while drop.names():
            drop.world.clock.advance(1)
            await drop.watched.look()
            looks += 1
            assert looks < 100
        assert len(await trips(drop)) == 1

    run(main())


def test_a_full_disk_leaves_the_file_for_later(drop, run, monkeypatch) -> None:
    async def main() -> None:
        drop.put("a.json", golden("ace-trip"))

        async def full(*_args, **_named):
            raise EnvironmentFailure("store.disk_full")

        with monkeypatch.context() as patched:
            patched.setattr(drop.world.store.trips, "add_all", full)
            for _ in range(10):
                await drop.watched.look()
                drop.world.clock.advance(1)
        assert [news.trouble.code for news in drop.news] == ["store.disk_full"]
        assert drop.names("working") == ["a.json"]
        await drop.rest(seconds=61)
        await drop.rest()
        assert len(await trips(drop)) == 1

    run(main())


def test_a_file_the_data_do_not_take_does_not_hold_up_the_others(drop, run, monkeypatch) -> None:
    async def main() -> None:
        drop.put("a.json", {**golden("ace-trip"), "usPortOfArrival": "0901"})
        preview = drop.watched._preview()
        real = preview.bring_in

        async def failing(seen):
            if seen.items[0].file == "a.json":
                raise EnvironmentFailure("store.disk_full")
            return await real(seen)

        monkeypatch.setattr(preview, "bring_in", failing)
        for second in range(80):
            if second == 40:
                drop.put("b.json", golden("aci-trip"))
            await drop.watched.look()
            drop.world.clock.advance(1)
        assert [trip.regime.value for trip in await trips(drop)] == ["ACI"]

    run(main())


def test_a_mistake_of_ours_stops_one_file_only(drop, run, monkeypatch) -> None:
    async def main() -> None:
        reported = []
        drop.world.keeper.report = lambda name, error: reported.append((name, error))
        drop.put("a.json", text="[1]")
        drop.put("b.json", golden("ace-trip"))
        os.utime(drop.path / "a.json", ns=(1, 1))
        preview = drop.watched._preview()
        real = preview.messages

        async def failing(read, company=""):
            if read[0][0] == "a.json":
                raise ZeroDivisionError
            return await real(read, company)

        monkeypatch.setattr(preview, "messages", failing)
        await drop.rest()
        assert len(reported) == 1
        assert "(bug)" in drop.report("a.json", "failed")
        assert len(await trips(drop)) == 1

    run(main())


def test_it_watches_every_second_and_stops(drop, run, until) -> None:
    async def main() -> None:
        looks = []
        drop.watched.look = lambda: looks.append(1) or asyncio.sleep(0)
        drop.watched.watch(str(drop.path))
        await until(lambda: looks)
        drop.watched.watch("")
        assert (drop.watched.folder, drop.watched._drop) == ("", None)

    run(main())


def test_a_dead_drive_holds_nobody_up(run) -> None:
    async def main() -> None:
        dead = threading.Event()
        waiting = asyncio.get_running_loop().create_task(aside(dead.wait))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        dead.set()
        assert waiting.cancelled()

    run(main())


def test_folders_that_cannot_be_watched_are_refused(drop, run, tmp_path, monkeypatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))

    async def code(folder) -> str:
        with pytest.raises(DesktopError) as caught:
            await drop.watched.check_folder(str(folder))
        return caught.value.code

    async def main() -> None:
        assert await code("dispatch") == "watched.not_absolute"
        assert await code(tmp_path / "nowhere") == "watched.gone"
        assert await code(drop.world.store.folder) == "watched.own_data"
        assert await code(tmp_path) == "watched.own_data"
        assert await code(home / ".." / "home") == "watched.home"
        assert list(home.iterdir()) == []
        await drop.watched.check_folder(str(drop.path))

    run(main())


HEADS = "SCN (PAPS number),Shipment type (ACE),Province of loading,Shipper name,Consignee name"


def test_a_table_of_shipments_comes_in_as_drafts_and_once_only(drop, run) -> None:
    async def main() -> None:
        text = f"{HEADS}\nSMPL00000001,PAPS,ON,Sample Shipper,Sample Consignee\nSMPL00000002,PAPS,ON,A,B\n"
        drop.put("a.csv", text=text)
        await drop.rest()
        assert len(await drop.world.store.shipments.latest()) == 2, drop.names("failed")
        assert drop.news[0].shipments == 2
        assert "2 new drafts" in drop.report("a.csv")
        drop.put("b.csv", text=text)
        await drop.rest()
        assert len(await drop.world.store.shipments.latest()) == 2
        assert (drop.news[1].shipments, drop.news[1].same) == (0, 2)

    run(main())


def test_a_table_with_one_bad_cell_stays_out_and_its_report_names_places_only(drop, run) -> None:
    async def main() -> None:
        drop.put("a.csv", text=f"{HEADS},Weight\nSMPL00000001,PAPS,ON,A,B,1\nSMPL00000002,PAPS,ON,Qwertz,B,Zzyzx\n")
        drop.put("b.csv", text="First name,Last name,Birth date\nZzyzx,Qwertz,1971-02-03\n")
        drop.put("c.csv", text="Zzyzx,Qwertz,1971-02-03\nZzyzx,Qwertz,PLATE77\n")
        await drop.rest()
        assert await drop.world.store.shipments.latest() == []
        assert await drop.world.store.library.items("driver") == []
        assert "Row 3, column F" in drop.report("a.csv", "failed")
        assert "watched.not_shipments" in drop.report("b.csv", "failed")
        for path in drop.path.glob("failed/*.txt"):
            said = path.read_text(encoding="utf-8")
            assert [word for word in PRIVATE if word.casefold() in said.casefold()] == [], path.name

    run(main())


def test_a_table_without_numbers_that_may_be_in_already_waits_for_a_person(drop, run) -> None:
    async def main() -> None:
        drop.put("a.csv", text=f"{HEADS}\n,PAPS,ON,A,B\n")
        folder = drop.watched._drop
        folder.note = lambda *_: (_ for _ in ()).throw(asyncio.CancelledError())
        with pytest.raises(asyncio.CancelledError):
            await drop.rest()
        drop.restart()
        await drop.rest()
        assert len(await drop.world.store.shipments.latest()) == 1
        assert "watched.may_be_here" in drop.report("a.csv", "failed")

    run(main())


def test_a_table_swapped_after_it_was_looked_at_is_not_read(drop, run, tmp_path, monkeypatch) -> None:
    """What was found to be a regular file of a fair size is what comes in, never a link that took its place."""
    secret = tmp_path / "secret.csv"
    secret.write_text(f"{HEADS}\nSMPL00000009,PAPS,ON,A,B\n", encoding="utf-8")
    read = DropFolder.read

    def swapped(folder: DropFolder, claimed):
        data = read(folder, claimed)
        claimed.unlink()
        claimed.symlink_to(secret)
        return data

    async def main() -> None:
        monkeypatch.setattr(DropFolder, "read", swapped)
        drop.put("a.csv", text=f"{HEADS}\nSMPL00000001,PAPS,ON,A,B\n")
        await drop.rest()
        assert [one.number for one in await drop.world.store.shipments.latest()] == ["SMPL00000001"]

    run(main())


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_comes_in_and_can_be_told(drop, run) -> None:
    async def main() -> None:
        name = os.fsdecode(b"trip \xff\n.json")
        drop.put(name, golden("ace-trip"))
        drop.put(os.fsdecode(b"bad \xff.json"), text="{")
        await drop.rest()
        assert len(await trips(drop)) == 1
        assert drop.names("done") == sorted([name, f"{name}.report.txt"])
        assert [one for news in drop.news for one in news.failed] == [os.fsdecode(b"bad \xff.json")]

    run(main())


def test_columns_are_called_as_spreadsheets_do() -> None:
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_the_carrier_is_the_one_whose_codes_the_numbers_bear(world, run) -> None:
    async def main() -> None:
        other = await world.add_company("Other Sample Carrier", scacs=("OTHR",), codes=("8OTH",))
        both = [world.company, other]
        assert carrier_of([{"tripNumber": "anything"}], [world.company]) == world.company.id
        assert carrier_of([{"tripNumber": "OTHR1234"}], both) == other.id
        assert carrier_of([{"tripNumber": "OTHR1234"}, {"tripNumber": "SMPL1"}], both) == ""
        assert carrier_of([{}], both) == ""

    run(main())


def test_a_column_nobody_knows_is_in_the_report_by_its_letter(drop, run) -> None:
    async def main() -> None:
        drop.put("s.csv", text="PAPS,Secret name of dispatch,Qty\nAAAA754321,hidden,3\n")
        await drop.rest()

    run(main())
    assert "Column B is left out" in drop.report("s.csv")
    assert "Secret" not in drop.report("s.csv")
    assert "hidden" not in drop.report("s.csv")
