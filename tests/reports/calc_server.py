"""Commands to LibreOffice Calc as JSON lines; run by the Python that knows LibreOffice (UNO).

Usage: ``calc_server.py PIPE``, the name of the pipe that LibreOffice listens on. Every line read is
an object with ``do``; every line written is the answer, or ``{"error": ...}``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

WAIT, TRIES = 0.1, 300


def main(pipe: str) -> None:
    desktop = connected(pipe)
    calc = Calc(desktop)
    for line in sys.stdin:
        asked = json.loads(line)
        name = asked.pop("do")
        try:
            answer = getattr(calc, name)(**asked)
        except Exception as problem:  # noqa: BLE001 - whatever LibreOffice says is the answer
            answer = {"error": f"{name}: {problem}"}
        print(json.dumps(answer), flush=True)
        if name == "stop":
            return


def connected(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(TRIES):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(WAIT)
        else:
            return there.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", there
            )
    raise SystemExit("LibreOffice does not answer")


class Calc:
    """One document at a time."""

    def __init__(self, desktop) -> None:
        self.desktop = desktop
        self.document = None
        # Every call goes to another process: what was found once is kept.
        self.ranges = {}
        self.cells = {}

    def open(self, path: str):
        hidden = PropertyValue(Name="Hidden", Value=True)
        url = Path(path).as_uri()
        self.document = self.desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))
        self.document.enableAutomaticCalculation(False)
        self.document.calculateAll()
        return [sheet.Name for sheet in self.document.Sheets]

    def close(self):
        self.document.close(True)
        self.document = None
        self.ranges.clear()
        self.cells.clear()

    def stop(self):
        self.desktop.terminate()

    def write(self, cells):
        """``cells``: sheet, address, value; None empties a cell."""
        for sheet, address, value in cells:
            cell = self._cell(sheet, address)
            if value is None:
                cell.String = ""
            elif isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value
        self.document.calculateAll()

    def unlock(self, sheet):
        self.document.Sheets.getByName(sheet).unprotect("")

    def read(self, ranges):
        """Values of each range, row by row; an error is None."""
        return [self._cells(sheet, address).DataArray for sheet, address in ranges]

    def whatifs(self, rows, ranges):
        """For every row of written cells the ranges that are read; one answer for all."""
        found = []
        for row in rows:
            self.write(row)
            found.append(self.read(ranges))
        return found

    def formulas(self):
        """Sheet, row, column and value of every formula cell; an error is None."""
        found = []
        for sheet in self.document.Sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)
            last = cursor.RangeAddress
            block = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)
            values = block.DataArray
            for y, row in enumerate(block.FormulaArray):
                for x, text in enumerate(row):
                    if text.startswith("="):
                        found.append((sheet.Name, y, x, values[y][x]))
        return found

    def _cell(self, sheet, address):
        if (sheet, address) not in self.cells:
            self.cells[sheet, address] = self._cells(sheet, address).getCellByPosition(0, 0)
        return self.cells[sheet, address]

    def _cells(self, sheet, address):
        if (sheet, address) not in self.ranges:
            found = self.document.Sheets.getByName(sheet).getCellRangeByName(address)
            self.ranges[sheet, address] = found
        return self.ranges[sheet, address]


if __name__ == "__main__":
    main(sys.argv[1])
