"""Which faults a season has, and in which year.

Lives here: the choice. Does not live here: the deeds (the other modules of this folder).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from ingestion.rehearsal.faults import (
    affairs,
    claims,
    counts,
    days,
    decisions,
    identities,
    rare,
    registry,
    sending,
    tables,
)
from ingestion.rehearsal.faults.spoiler import Planted, Spoiler
from ingestion.rehearsal.papers import Register, Return
from ingestion.rehearsal.world import World

Deed = Callable[[Spoiler, int], None]

FIRST_YEAR: tuple[Deed, ...] = (
    days.plan_without_day,
    sending.page_of_a_portal,
    sending.sent_again,
    identities.lost_zeros,
    identities.decomposed_names,
    tables.title_block,
    tables.total_row,
    tables.signatures,
    sending.back_dated,
    registry.lost_zero,
    registry.decided_after_effect,
)
MAIN_YEAR: tuple[Deed, ...] = (
    sending.never_sent,
    sending.ended_district,
    sending.old_name,
    tables.no_longer_listed,
    tables.wrong_total,
    counts.dong_for_million,
    affairs.grant_in_dong,
    counts.amount_with_marks,
    tables.still_listed,
    sending.cut_off,
    sending.last_years_form,
    sending.renamed_sheet,
    sending.sent_again,
    sending.sent_twice,
    sending.back_dated,
    claims.unknown_field,
    claims.training_before_talent,
    days.impossible_day,
    tables.nil_with_rows,
    claims.ended_basis,
    claims.wrong_authority,
    claims.degree_below_group,
    identities.lost_zeros,
    identities.old_identity_card,
    identities.wrong_birth_year,
    identities.year_as_birth_date,
    days.date_as_text,
    days.date_in_words,
    days.unclear_start,
    claims.free_degree,
    identities.decomposed_names,
    identities.stray_spaces,
    tables.synonyms,
    tables.phone_column,
    tables.group_titles,
    tables.same_person_twice,
    tables.hidden_rows,
    tables.sample_row,
    tables.title_block,
    tables.signatures,
    tables.total_row,
    counts.about_ten,
    tables.talents_above_recruits,
    tables.summary_off_by_one,
    tables.nil_not_said,
    tables.nil_said_in_sheet,
    tables.extra_sheet,
    sending.short_name,
    sending.code_as_number,
    sending.lock_file,
    registry.bulk_on_reorganisation,
    registry.lost_zero,
    registry.digit_missing,
    registry.decided_after_effect,
    registry.ended_code,
    registry.name_for_code,
    registry.move_as_recruitment,
    affairs.about_five,
    affairs.negative_commendations,
    affairs.document_without_number,
    affairs.money_without_commitment,
    affairs.policy_of_tomorrow,
    affairs.inspected_district,
)
RUNNING_YEAR: tuple[Deed, ...] = (
    sending.sent_again,
    sending.deleted_column,
    identities.lost_zeros,
    identities.spaces_in_id,
    days.unclear_start,
    identities.capitals_and_titles,
    tables.other_numbering,
    tables.broken_header,
    counts.broken_formula,
    counts.number_as_text,
    tables.header_again,
    registry.move_as_recruitment,
    affairs.about_five,
    affairs.document_without_number,
)
RARE: tuple[Deed, ...] = (
    rare.locked_file,
    rare.hidden_sheet,
    rare.unreadable_ids,
    rare.garbled_name,
    rare.claimed_twice,
    rare.negative_people,
    identities.scientific_id,
    counts.formula_without_result,
)
"""What ``all`` has beyond ``typical``."""
DECISIONS: tuple[Deed, ...] = (
    decisions.renamed_agency,
    decisions.old_name_on_the_day,
    decisions.decided_before_the_day,
    decisions.decision_twice,
    decisions.taken_back,
    decisions.cancelled_line,
    decisions.right_total,
    decisions.wrong_total,
)
"""Of the year that has most faults, after all others and from a stream of their own; a total is the last line."""
_BEFORE_RARE = 3
"""Deeds that can be done in few files go first."""


def plant(world: World, seed: int, faults: str, returns: list[Return], registers: list[Register]) -> Planted:
    """Spoil returns and registers in place as the season's ``faults`` say, and write down what was done."""
    spoiler = Spoiler(world, Random(f"{seed}/faults"), returns, registers)
    if faults != "none":
        years = sorted({one.sending.year for one in returns})
        for year in years:
            for deed in _chosen(year, years, faults):
                deed(spoiler, year)
        after = replace(spoiler, random=Random(f"{seed}/decisions"))
        for year in [each for each in years if _chosen(each, years, "typical") is MAIN_YEAR]:
            for deed in DECISIONS:
                deed(after, year)
    return spoiler.planted


def _chosen(year: int, years: list[int], faults: str) -> tuple[Deed, ...]:
    """The first and the last of several years have few faults, the others (or the only one) most."""
    if len(years) > 1 and year == years[0]:
        chosen = FIRST_YEAR
    elif len(years) > 2 and year == years[-1]:
        chosen = RUNNING_YEAR
    else:
        chosen = MAIN_YEAR
    return (*chosen[:_BEFORE_RARE], *RARE, *chosen[_BEFORE_RARE:]) if faults == "all" else chosen
