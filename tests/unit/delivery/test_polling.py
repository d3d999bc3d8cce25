"""How often the gateway is asked over HTTP."""

from desktop.delivery.polling import AT_ONCE_S, AWAITED_S, IDLE_S, LONGEST_REST_S, SOON_S, Pace

READ_LIMIT_S = 10.0


def test_a_queue_is_asked_until_it_is_empty():
    pace = Pace()
    assert [pace.asked(1.0, had_messages=True) for _ in range(3)] == [AT_ONCE_S] * 3
    assert pace.asked(2.0, had_messages=False) > AT_ONCE_S


def test_it_asks_less_and_less_often_while_nothing_comes():
    pace = Pace()
    pauses = [pace.asked(0.0, had_messages=False) for _ in range(20)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == IDLE_S
    assert IDLE_S + READ_LIMIT_S <= 30.0  # a dead line is noticed in that time


def test_an_answer_that_is_awaited_is_asked_for_soon_and_only_so_long():
    pace = Pace()
    for _ in range(20):
        pace.asked(0.0, had_messages=False)
    pace.sent(100.0)
    assert pace.asked(101.0, had_messages=False) == SOON_S
    assert pace.asked(100.0 + AWAITED_S - 1, had_messages=False) == SOON_S
    assert pace.asked(100.0 + AWAITED_S, had_messages=False) > SOON_S


def test_a_gateway_that_wants_rest_is_asked_less_often_from_then_on():
    pace = Pace()
    assert pace.refused(None) == 10.0
    assert pace.asked(0.0, had_messages=True) == 10.0
    assert pace.refused(42.0) == 42.0
    assert pace.refused(9999.0) == LONGEST_REST_S
    assert pace.asked(0.0, had_messages=False) == IDLE_S
