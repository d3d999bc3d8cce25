"""Garbage is collected in the window's thread and nowhere else."""

import gc
import threading
import weakref

import pytest

from desktop.ui.sweeper import Sweeper


class Knot:
    """Something only the collector can take apart; it notes the thread that does."""

    def __init__(self, threads):
        self.me = self
        weakref.finalize(self, lambda: threads.append(threading.current_thread()))


@pytest.fixture
def collecting():
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_other_threads_never_take_widgets_apart(qapp, collecting):
    sweeper = Sweeper()
    threads = []
    Knot(threads)

    def allocate():
        kept = [[number] for number in range(200_000)]
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert threads == []
    sweeper.stop()
    assert threads == [threading.main_thread()]
    assert gc.isenabled()
    sweeper.deleteLater()


def test_it_sweeps_when_a_threshold_is_passed(qapp, collecting):
    sweeper = Sweeper()
    gc.collect()
    threads = []
    Knot(threads)
    kept = [[number] for number in range(gc.get_threshold()[0] + 100)]
    sweeper.sweep()
    assert kept
    assert threads == [threading.main_thread()]
    sweeper.stop()
    sweeper.deleteLater()
