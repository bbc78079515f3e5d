"""Forms of the shipped reference lists: one agency of each kind, written once."""

from io import BytesIO

import openpyxl
import pytest

from ingestion.template.owed import Sender, senders
from ingestion.template.pages import blank_book
from ingestion.template.writer import workbook_bytes

EDITION = "2025.0123456789ab"


def sender(code: str, year: int) -> Sender:
    return next(one for one in senders(year) if one.agency_code == code)


@pytest.fixture(scope="session")
def department_bytes() -> bytes:
    return workbook_bytes(blank_book(sender("SNV", 2025), 2025, EDITION))


@pytest.fixture(scope="session")
def department(department_bytes: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(department_bytes))


@pytest.fixture(scope="session")
def commune() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(blank_book(sender("06613", 2025), 2025, EDITION))))
