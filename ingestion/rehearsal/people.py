"""People who do not exist, with ids that were never issued.

Lives here: a person, and the registry that draws new ones with unique ids (prefix 000, 003 or 097; the digit of sex
and century and the two digits of the year agree with the person, as in real ids).
Does not live here: what happens to them (``world.py`` and its chapters).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from ingestion.rehearsal.names import draw_name

PREFIXES: tuple[tuple[str, int], ...] = (("000", 70), ("003", 18), ("097", 12))


@dataclass(frozen=True)
class Person:
    """A person: number in this world, name (NFC), sex (``nam``, ``nu``), day of birth, id and what kind of id it is."""

    number: int
    name: str
    sex: str
    born_on: date
    is_minority: bool
    national_id: str
    identity_kind: str = "cccd"


class Population:
    """Everybody of one world, in the order in which they were drawn; ids never repeat."""

    def __init__(self, random: Random):
        self._random = random
        self._taken: set[str] = set()
        self.people: list[Person] = []

    def draw(self, born_from: int, born_to: int, prefix: str | None = None) -> Person:
        """One more person, born in one of these years (both included)."""
        random = self._random
        sex = "nu" if random.random() < 0.58 else "nam"
        born = date(random.randint(born_from, born_to), random.randint(1, 12), random.randint(1, 28))
        name, minority = draw_name(random, sex)
        person = Person(len(self.people), name, sex, born, minority, self._id(sex, born, prefix))
        self.people.append(person)
        return person

    def draw_foreigner(self, name: str, sex: str, born_on: date) -> Person:
        """A person who has a passport and no Vietnamese id; the number begins with ZZ, which no country issues."""
        number = f"ZZ{self._random.randint(100000, 999999)}"
        person = Person(len(self.people), name, sex, born_on, False, number, "passport")
        self.people.append(person)
        return person

    def _id(self, sex: str, born: date, prefix: str | None) -> str:
        century = (born.year - 1900) // 100 * 2 + (1 if sex == "nu" else 0)
        while True:
            head = prefix or self._random.choices([p for p, _ in PREFIXES], [w for _, w in PREFIXES])[0]
            number = f"{head}{century}{born.year % 100:02d}{self._random.randint(0, 999999):06d}"
            if number not in self._taken:
                self._taken.add(number)
                return number
