"""A parsed workbook -> what it says by the contracts: sender, year, typed rows of every owed form, and findings.

A pure function of (parsed, year, reference, contracts, day of arrival). Lives here: putting sheets, cover, sender and
forms together, states of forms. Does not live here: any of their reading, and the row rules (gate 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from expectations.contracts.model import Contract
from expectations.findings import Finding, Severity, by_weight
from ingestion.typing.codes import own_words
from ingestion.workbook.answered import Answer, answers_in
from ingestion.workbook.cover import CoverReading, read_cover
from ingestion.workbook.forms import FormReading, read_form
from ingestion.workbook.interpreted import FormState, Interpreted, State
from ingestion.workbook.layout import likeness
from ingestion.workbook.legacy_text import in_unicode, told
from ingestion.workbook.parsed import ParsedWorkbook
from ingestion.workbook.reference import ReadingReference
from ingestion.workbook.refusal import Refusal
from ingestion.workbook.said import Place, Speaker
from ingestion.workbook.sender import Sender, sender_of
from ingestion.workbook.sheets import Sheets, nearest, recognise

LOOKS_LIKE_A_FORM = 0.6


def refused(refusal: Refusal, *, file: str, year: int | None) -> Finding:
    """The finding of a file that could not be parsed at all."""
    return Speaker(file, year).refused(refusal)


def interpret(
    parsed: ParsedWorkbook,
    year: int | None,
    reference: ReadingReference,
    contracts: Iterable[Contract],
    *,
    received_on: date | None = None,
    looked_at_on: date | None = None,
) -> Interpreted:
    """Understand one workbook for reporting `year` (None: the year its cover states).

    `received_on` decides which body a code means when it changed hands within the year; figures may not close after it,
    or after `looked_at_on` where nothing was received yet. Nothing raises: whatever is wrong is a finding.
    """
    forms = {c.sheet.code: c for c in contracts if c.channel == "workbook" and c.sheet is not None}
    parsed, conversions = in_unicode(parsed, _own_texts(forms.values(), reference))
    cover_contract = next(c for c in forms.values() if c.name == "cover")
    sheets = recognise(parsed, forms)
    codes = [code for code, contract in forms.items() if contract is not cover_contract]
    cover = _cover(sheets, cover_contract, codes, reference, Speaker(parsed.file, year))
    if year is None:
        year = cover.row.get("reporting_year")
    speaker = Speaker(parsed.file, year)
    sender = (
        sender_of(cover, cover_contract, parsed.template_edition, reference, speaker, received_on)
        if cover.row
        else Sender(None, None, ())
    )
    owed = _owed(sender, year, reference) or [code for code in codes if code in cover.nil_cells or code in sheets.known]
    found = {code: sheet for code, sheet in sheets.known.items() if code in codes}
    readings = {code: read_form(sheet, forms[code], reference, speaker) for code, sheet in found.items()}
    findings = [*cover.findings, *sender.findings, *_sheet_findings(sheets, forms, owed, parsed, speaker)]
    findings += told(conversions, speaker)
    findings += _figures_to_come(cover, cover_contract, received_on or looked_at_on, speaker)
    states = [_state(code, forms[code], cover, readings.get(code), sheets, owed) for code in codes]
    findings += _state_findings(states, forms, readings, cover, speaker)
    answers = answers_in(parsed, _people(cover, readings))
    findings += [_unclear(answer, speaker) for answer in answers if not answer.is_clear]
    used = {s.form: readings[s.form] for s in states if s.form in readings and s.state != "not_owed"}
    book = _gathered(parsed, cover, cover_contract, sender, forms, used, states, findings)
    return replace(book, answers=tuple(answer for answer in answers if answer.is_clear))


def _figures_to_come(cover: CoverReading, contract: Contract, on: date | None, speaker: Speaker) -> list[Finding]:
    """COVER-FIGURES-LATE: nobody can know on `on` what the figures of a later day will be (definitions.md § 2)."""
    closed = cover.row.get("figures_as_of")
    if on is None or not isinstance(closed, date) or closed <= on:
        return []
    place, facts = cover.place(contract, "figures_as_of"), {"ngay": f"{on:%d/%m/%Y}"}
    return [speaker.finding("COVER-FIGURES-LATE", place, severity=Severity.QUERY, value=f"{closed:%d/%m/%Y}", **facts)]


def _people(cover: CoverReading, readings: Mapping[str, FormReading]) -> set[str]:
    """The names in a workbook, which an answer may not carry out of it."""
    rows = [cover.row, *(row for reading in readings.values() for row in reading.rows)]
    return {str(row[name]) for row in rows for name in ("full_name", "prepared_by", "approved_by") if row.get(name)}


def _unclear(answer: Answer, speaker: Speaker) -> Finding:
    """An answer that names no reason, told at the cell that was asked about: our own sheet is made anew."""
    place = Place(sheet=answer.sheet)
    found = speaker.finding("GIAI_TRINH-CHUA_RO", place, severity=Severity.NOTE, value=answer.text, o=answer.written_at)
    return replace(found, cell=answer.cell if answer.cell and not answer.cell.isdigit() else None)


def _own_texts(forms: Iterable[Contract], reference: ReadingReference) -> set[str]:
    """Headers of the forms and labels of the lists, as our own form says them."""
    return own_words(reference.lists.values()) | {field.label.vi for form in forms for field in form.form_fields}


def _owed(sender: Sender, year: int | None, reference: ReadingReference) -> list[str]:
    return reference.owed_forms(sender.agency_code, year) if sender.agency_code and year else []


def _cover(
    sheets: Sheets, contract: Contract, codes: list[str], reference: ReadingReference, speaker: Speaker
) -> CoverReading:
    assert contract.sheet is not None
    sheet = sheets.known.get(contract.sheet.code)
    return read_cover(sheet, contract, codes, reference, speaker) if sheet is not None else CoverReading()


def _sheet_findings(
    sheets: Sheets, forms: dict[str, Contract], owed: list[str], parsed: ParsedWorkbook, speaker: Speaker
) -> list[Finding]:
    """Missing sheets beside unknown ones were renamed: both are named. Hidden or form-like strangers are refused."""
    cover = next(code for code, contract in forms.items() if contract.name == "cover")
    missing = [code for code in [cover, *owed] if code not in sheets.known]
    strangers = [sheet.name for sheet in sheets.others]
    findings = []
    for code in missing:
        if strangers or code == cover:
            near = nearest(code, strangers) or ", ".join(strangers[:5]) or "không có"
            place = Place(forms[code], code)
            findings.append(speaker.finding("TEP-THIEU_TRANG", place, trang=code, gan=near, value=near))
    for code, sheet in sheets.twice:
        findings.append(speaker.finding("TEP-TRANG_TRUNG", Place(forms[code], sheet.name), trang=code, gan=sheet.name))
    for sheet in sheets.others:
        place = Place(sheet=sheet.name)
        like = max(forms.values(), key=lambda contract: likeness(sheet, contract))
        is_form = likeness(sheet, like) >= LOOKS_LIKE_A_FORM
        near = like.code if is_form and like.sheet else nearest(sheet.name, missing or forms) or "không có"
        if sheet.state != "visible":
            findings.append(speaker.finding("TEP-TRANG_AN", place))
        elif is_form and like.code not in missing:
            findings.append(speaker.finding("TEP-TRANG_GIONG_BIEU", place, gan=near))
        else:
            severity = Severity.BLOCKER if missing else Severity.NOTE
            findings.append(speaker.finding("TEP-TRANG_LA", place, severity=severity, gan=near, value=sheet.name))
    if parsed.external_links:
        findings.append(speaker.finding("TEP-LIEN_KET_NGOAI"))
    return findings


def _state(
    code: str,
    contract: Contract,
    cover: CoverReading,
    reading: FormReading | None,
    sheets: Sheets,
    owed: list[str],
) -> FormState:
    rows = len(_said_rows(contract, reading)) if reading is not None else 0
    says_nil = code in cover.nil_forms or (reading is not None and reading.says_nil)
    state: State
    if code not in owed:
        state = "not_owed"
    elif rows:
        state = "filled"
    else:
        state = "nil" if says_nil else "missing"
    sheet = sheets.known.get(code)
    return FormState(
        form=code,
        dataset=contract.name,
        state=state,
        sheet=sheet.name if sheet is not None else None,
        rows_read=rows,
        nil_cell=cover.nil_cells.get(code),
    )


def _said_rows(contract: Contract, reading: FormReading) -> list[dict[str, object]]:
    """Rows that say more than the form we sent did: lines that only repeat the prepared codes are no answer."""
    prepared = set(contract.primary_key)
    if not all(contract.field(name).type == "code" for name in prepared):
        return reading.rows
    own = [one.name for one in contract.form_fields if one.name not in prepared]
    return reading.rows if any(row[f"{name}__raw"] is not None for row in reading.rows for name in own) else []


def _state_findings(
    states: list[FormState],
    forms: dict[str, Contract],
    readings: dict[str, FormReading],
    cover: CoverReading,
    speaker: Speaker,
) -> list[Finding]:
    owed = [state for state in states if state.state != "not_owed"]
    if owed and all(state.state == "missing" for state in owed) and cover.row:
        return [speaker.finding("TEP-TRONG")]
    findings = []
    for state in states:
        contract, reading = forms[state.form], readings.get(state.form)
        place = Place(contract, state.sheet or state.form)
        if state.state == "missing" and cover.row:
            findings.append(speaker.about("FORM-MISSING", place))
        elif state.state == "not_owed" and state.rows_read:
            findings.append(speaker.about("FORM-NOT-OWED", place))
        if reading is not None and reading.says_nil and state.state == "nil" and state.form not in cover.nil_forms:
            findings.append(speaker.about("NIL-IN-SHEET", place))
    return findings


def _gathered(
    parsed: ParsedWorkbook,
    cover: CoverReading,
    cover_contract: Contract,
    sender: Sender,
    forms: dict[str, Contract],
    used: dict[str, FormReading],
    states: list[FormState],
    findings: list[Finding],
) -> Interpreted:
    by_form = {state.form: state for state in states}
    rows = {forms[code].name: reading.rows if by_form[code].rows_read else [] for code, reading in used.items()}
    if cover.row:
        row = {**cover.row, "agency_code": sender.agency_code}
        rows[cover_contract.name] = [row]
    all_findings = [*findings, *(finding for reading in used.values() for finding in reading.findings)]
    return Interpreted(
        file=parsed.file,
        sha256=parsed.sha256,
        parser_version=parsed.parser_version,
        template_edition=parsed.template_edition,
        agency_code=sender.agency_code,
        agency_code_written=cover.row.get("agency_code__raw"),
        agency_name=cover.row.get("agency_name__raw"),
        reporting_year=sender.year,
        rows=rows,
        columns=(*cover.columns, *(column for reading in used.values() for column in reading.columns)),
        forms=tuple(states),
        findings=tuple(by_weight(replace(f, agency_code=sender.agency_code) for f in all_findings)),
        problems=(*cover.problems, *(problem for reading in used.values() for problem in reading.problems)),
        kept_out=frozenset(place for reading in used.values() for place in reading.kept_out),
    )
