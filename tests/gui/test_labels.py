"""New labels: numbers are taken once it is known where they go, and what did not leave goes next time."""

from __future__ import annotations

import pypdfium2
import pytest
from fakes.desk_sample import COMPANY
from fakes.window import opened

from desktop.domain.lifecycle import Regime
from desktop.errors import EnvironmentFailure, UsageError
from desktop.ui.labels.dialog import LabelsDialog


class Files:
    """Stands for the window that asks for a file."""

    def __init__(self, *paths: str) -> None:
        self.paths = list(paths)

    async def ask_file(self, _over, _name: str) -> str:
        return self.paths.pop(0)


async def dialog_of(it, *paths: str) -> LabelsDialog:
    await it.desk.numbering.add(COMPANY, Regime.ACI, "control", "1234PARS001001", "1234PARS001020")
    printing = it.shell.act.printing
    dialog = LabelsDialog(it.desk, Files(*paths), printing._state, it.desk.all_companies, it.window)
    dialog.show()
    await dialog.reload.now()
    return dialog


async def left(it) -> int:
    return await it.desk.numbering.left(COMPANY, Regime.ACI, "control")


def test_labels_go_into_a_file_with_the_next_numbers(run_qt, tmp_path) -> None:
    async def main() -> None:
        async with opened() as it:
            file = tmp_path / "labels.pdf"
            dialog = await dialog_of(it, "", str(file))
            assert "1234PARS001001" in dialog.left.text()
            dialog.count.setValue(3)
            dialog.stock.setCurrentIndex(dialog.stock.findData("letter-30"))
            dialog.first.setValue(4)
            await dialog._save()
            assert await left(it) == 20, "who leaves the question for the file takes no number"
            await dialog._save()
            assert await left(it) == 17
            text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
            assert [f"1234PARS00100{place}" in text for place in (1, 2, 3, 4)] == [True, True, True, False]
            assert "1234PARS001001 to 1234PARS001003" in dialog.message.words
            dialog.reject()

    run_qt(main())


def test_what_did_not_leave_goes_next_time_with_the_same_numbers(run_qt, tmp_path) -> None:
    async def main() -> None:
        async with opened() as it:
            file = tmp_path / "labels.pdf"
            dialog = await dialog_of(it, str(tmp_path / "nowhere" / "labels.pdf"), str(file))
            dialog.count.setValue(2)
            with pytest.raises((EnvironmentFailure, UsageError)):
                await dialog._save()
            assert dialog.taken is not None
            dialog.stock.setCurrentIndex(dialog.stock.findData("a4-24"))
            await dialog._save()
            assert await left(it) == 18
            (page,) = pypdfium2.PdfDocument(file)
            assert "1234PARS001001" in page.get_textpage().get_text_range()
            assert page.get_size()[1] > 800, "on the labels chosen since"
            assert dialog.taken is None
            dialog.reject()

    run_qt(main())


def test_another_kind_forgets_what_did_not_leave_and_says_what_is_missing(run_qt, tmp_path) -> None:
    async def main() -> None:
        async with opened() as it:
            dialog = await dialog_of(it, str(tmp_path / "labels.pdf"))
            dialog.regime.setCurrentIndex(dialog.regime.findData("ACE"))
            await dialog.reload.now()
            assert "no number range" in dialog.left.text()
            with pytest.raises(UsageError):
                await dialog._save()
            assert not (tmp_path / "labels.pdf").exists()
            dialog.reject()

    run_qt(main())
