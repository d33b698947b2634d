"""Do the tests bite? Each defence is switched off by a real mistake (mutants.py), and the check beside it must see it.

The cheapest check is named; `town` is the model with so many lives. Where one defence covers for another, they are switched off together:

    one alone is covered by          and is caught with it off
    cursor match                     the request's number in each answer
    floor, head check                the digest
    the kiosk's digest               the cursor match, withdrawals
    the rewind                       the life that a nonce names
    proving to a new life            the rewind at the next submission
"""

import inspect
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase

from tests.sync import (
    mutants,
    test_model,
    test_named_failures,
    test_rules_disk,
    test_rules_down,
    test_rules_publish,
    test_rules_time,
    test_rules_trust,
    test_rules_up,
    test_triggers,
)
from tests.sync.world import Killed, in_memory, world

down, up, disk, time, trust = test_rules_down, test_rules_up, test_rules_disk, test_rules_time, test_rules_trust
triggers, named, publish = test_triggers, test_named_failures, test_rules_publish


def town(examples):
    """The model as a check: so many lives of the town, the same ones each time, up to the first failure."""

    def check():
        test_model.run(examples, 40, phases=[Phase.generate], database=None, derandomize=True, report_multiple_bugs=False, print_blob=False)

    return check


def of(test, **arguments):
    """A directed test as a check, in a toy world of its own."""

    def check(blank):
        with in_memory() as folder:
            _call(test, arguments, folder, blank)

    return check


def _call(test, arguments, folder, blank):
    names = inspect.signature(test).parameters
    made = []

    def make_world(kiosks=1):
        made.append(world(folder / f"world{len(made)}", blank, kiosks))
        return made[-1]

    def toy():
        desk, (kiosk,) = make_world(1)
        return desk, kiosk

    fixtures = {"toy": toy, "make_world": lambda: make_world, "tmp_path": lambda: Path(tempfile.mkdtemp(dir=folder))}
    fixtures["filled"] = lambda: triggers.fill(*toy())
    try:
        test(**{name: arguments[name] if name in arguments else fixtures[name]() for name in names})
    finally:
        for desk, kiosks in made:
            desk.db.conn.close()
            for kiosk in kiosks:
                kiosk.close()


m, together = mutants, mutants.Together
CAUGHT = {
    "no rewind": (m.no_rewind, of(named.test_cht_8093_what_was_acknowledged_comes_back_to_a_desk_from_a_backup, is_known_as_a_restore=False)),
    "no rewind, no word of the nonce's life": (
        together(m.no_rewind, m.life_unread),
        of(up.test_a_desk_from_a_backup_asks_for_everything_again_and_needs_no_person),
    ),
    "no rewind, by the town": (together(m.no_rewind, m.life_unread), town(60)),
    "the nonce's life unread": (m.life_unread, of(up.test_an_older_backup_tried_before_the_right_one_needs_no_person)),
    "stale nonce before the desk's own past": (together(m.clone_before_rewind, m.life_unread), of(up.test_a_desk_that_came_back_is_looked_at_before_the_clone)),
    "no dedupe": (m.no_dedupe, of(up.test_a_lost_answer_costs_nothing)),
    "no dedupe, by the town": (m.no_dedupe, town(40)),
    "cursor before rows": (m.cursor_before_rows, town(40)),
    "cursor before rows, no digest": (together(m.no_sums, m.cursor_before_rows), town(40)),
    "no cursor match": (m.no_cursor_match, of(down.test_an_answer_is_used_only_where_it_begins_where_the_copy_ends)),
    "no cursor match, late answers": (
        together(m.no_sums, m.no_cursor_match, m.late_answers_count),
        of(down.test_an_old_answer_does_not_bring_back_what_was_withdrawn),
    ),
    "late answers count": (m.late_answers_count, of(down.test_an_old_answer_does_not_bring_back_what_was_withdrawn)),
    "half a copy swapped in": (m.half_copy_swapped_in, of(down.test_the_old_copy_is_shown_until_the_new_one_is_whole_and_equal)),
    "withdrawals unpublished": (m.withdrawals_unpublished, of(down.test_what_moves_to_another_scope_is_withdrawn_from_the_old_one)),
    "withdrawals unpublished, by the town": (m.withdrawals_unpublished, town(40)),
    "floor above head": (m.floor_above_head, of(down.test_the_floor_never_passes_the_head_of_a_quiet_scope)),
    "no floor check": (m.no_floor_check, of(down.test_a_cursor_below_the_floor_is_told_to_begin_anew)),
    "no floor check, no digest": (together(m.no_digest, m.no_floor_check), of(down.test_a_cursor_below_the_floor_begins_anew)),
    "no head check": (m.no_head_check, of(down.test_a_desk_behind_the_cursor_says_so)),
    "no head check, no digest": (
        together(m.no_sums, m.no_head_check),
        of(down.test_a_desk_whose_head_is_behind_the_cursor_is_started_from_anew),
    ),
    "no digest": (m.no_digest, of(down.test_a_copy_that_differs_at_the_end_is_fetched_anew_and_only_that_scope)),
    "moves within one act uncounted": (m.moves_uncounted, of(down.test_two_things_that_change_places_in_one_act_stand_in_each_others_place)),
    "moves within one act uncounted, by the town": (m.moves_uncounted, town(40)),
    "withdrawals forgotten at once": (
        together(m.no_sums, m.forgets_at_once),
        of(down.test_withdrawals_are_kept_as_long_as_a_living_kiosk_has_not_seen_them),
    ),
    "HTTP 200 acknowledges": (m.any_answer_acknowledges, of(up.test_only_an_answer_that_names_the_submission_is_an_acknowledgement)),
    "acknowledged before the commit": (m.acked_before_commit, of(up.test_an_acknowledgement_is_given_after_the_commit)),
    "retired without a backup": (m.retires_without_backup, of(disk.test_a_submission_that_no_proven_backup_holds_stays)),
    "retired without a backup, by the town": (m.retires_without_backup, town(40)),
    "retired at once": (m.retires_at_once, of(disk.test_a_submission_goes_when_a_proven_backup_has_held_it_for_thirty_days)),
    "retired for any life": (m.retires_for_any_life, of(disk.test_a_backup_of_another_life_of_the_desk_does_not_count)),
    "generation ignored": (m.generation_ignored, of(down.test_the_answer_of_an_older_life_of_the_desk_is_not_listened_to)),
    "replace hole": (m.replace_hole, of(triggers.test_what_a_verb_changed_is_shown_at_the_kiosk, verb="replace through another unique key")),
    "projection outside the transaction": (m.projection_outside, of(publish.test_an_act_and_what_it_publishes_are_one)),
    "wipe leaves the log": (m.wipe_leaves_the_log, of(disk.test_a_scope_that_a_kiosk_may_no_longer_hold_leaves_its_disk_with_every_byte)),
    "scope stays": (m.scope_stays, of(trust.test_a_kiosk_that_may_no_longer_hold_its_scope_forgets_it)),
    "numbers again": (m.numbers_again, of(up.test_numbers_of_the_desk_are_never_given_twice_after_a_restore)),
    "numbers again, by the town": (m.numbers_again, town(500)),
    "unclamped": (m.unclamped, of(time.test_a_clock_set_back_a_year_counts_from_the_newest_time_of_the_desk_and_is_doubted)),
    "unclamped, by the town": (m.unclamped, town(40)),
    "the desk is trusted": (m.trusts_the_desk, of(named.test_cht_8093_what_was_acknowledged_comes_back_to_a_desk_from_a_backup, is_known_as_a_restore=True)),
    "a damaged outbox is thrown away": (m.salvage_from_nothing, of(disk.test_a_salvage_keeps_the_photos_that_the_frozen_texts_name)),
    "clones unseen": (m.clones_unseen, of(up.test_a_copied_kiosk_is_flagged_loses_its_private_scope_and_its_submissions_are_taken)),
}  # fmt: skip


@pytest.mark.parametrize("name", CAUGHT)
def test_each_mistake_is_caught(name, blank_desk):
    mutant, check = CAUGHT[name]

    with mutants.swapped(mutant()):
        is_caught = _fails(check, blank_desk)

    assert is_caught


def _fails(check, blank):
    try:
        check(blank) if inspect.signature(check).parameters else check()
    except (Exception, Killed, pytest.fail.Exception):
        return True
    return False


@pytest.mark.parametrize("name", ["no rewind", "replace hole", "wipe leaves the log", "the desk is trusted", "no dedupe, by the town"])
def test_the_check_is_content_with_the_program_as_it_is(name, blank_desk):
    _, check = CAUGHT[name]

    assert not _fails(check, blank_desk)


def test_every_mutant_stands_in_the_table():
    made = {
        f for f in vars(mutants).values() if inspect.isfunction(f) and f.__module__ == mutants.__name__ and not f.__name__.startswith("_")
    }
    used = {one for mutant, _ in CAUGHT.values() for one in getattr(mutant, "mutants", (mutant,))}

    assert made - used - {mutants.swapped} == set()
