"""What the page asks about paper: printers, printing a sheet that is shown, how a job fares, whether paper came."""

from __future__ import annotations

from typing import Any

from handouts.desk import jobs, previews, printers, wire
from handouts.desk.sheets import Sheet
from handouts.desk.windows import Window
from handouts.desk.words import say
from handouts.problems import Problems

LAST_FORMS = 2
"""Forms of sheets that were used last and are offered again."""


class Counter:
    """The printing of all windows; `forms` are those that were used last, with nothing of a person."""

    def __init__(self) -> None:
        self.forms: list[dict[str, Any]] = []

    def printers(self, window: Window, asked: wire.Request) -> dict[str, Any]:
        """The printers there are."""
        return printers.answer(printers.listed(asked.lang), asked.lang)

    def last(self, window: Window, asked: wire.Request) -> dict[str, Any]:
        """The forms that were used last."""
        return {"forms": self.forms}

    def print(self, window: Window, asked: wire.Print) -> dict[str, Any]:
        """Print a sheet that is shown, once; its line is kept before any paper can exist."""
        with window.making:
            running = next((job for job in window.jobs.values() if job.sheet == asked.sheet), None)
            if running and not asked.again and running.state.what not in ("failed", "cancelled"):
                return _sent(window, running)
            sheet = window.sheet(asked.sheet)
            printer, troubles = _printer(sheet, asked)
            if troubles := troubles or _defects(sheet):
                return {"job": None, "problems": troubles}
            try:
                kept = jobs.keep_line(sheet)
            except Problems as problems:
                return {"job": None, "problems": [_not_kept(problems, asked.lang)]}
            return _sent(window, self._begun(window, sheet, printer, asked, kept=kept))

    def _begun(self, window: Window, sheet: Sheet, printer: Any, asked: wire.Print, *, kept: bool) -> jobs.Job:
        label = printer.label if printer else say(asked.lang, "browser-printer")
        job = jobs.new_job(asked.sheet, sheet, label, asked.copies, asked.lang)
        job.kept = kept
        window.jobs = {job.id: job} | window.jobs
        window.spent(sheet.code)
        self._used(window, asked)
        if printer is None:
            window.released.add(asked.sheet)
            job.became(jobs.BROWSER, say(asked.lang, "job-browser"))
        else:
            jobs.send(job, sheet, printer, asked.copies, asked.tray)
        return job

    def _used(self, window: Window, asked: wire.Print) -> None:
        """Remember the form of what was printed, never anything of a person."""
        if form := window.form_of(asked.sheet):
            form = form | {"printer": asked.printer}
            self.forms = [form, *(one for one in self.forms if one["text"] != form["text"])][:LAST_FORMS]

    def job(self, window: Window, asked: wire.AskJob) -> dict[str, Any]:
        """How a job is getting on."""
        return {"state": window.job(asked.job).state}

    def cancel(self, window: Window, asked: wire.AskJob) -> dict[str, Any]:
        """Stop a job."""
        return {"state": jobs.cancel(window.job(asked.job))}

    def came(self, window: Window, asked: wire.Came) -> dict[str, Any]:
        """Whether paper came out of the browser's printing: nobody but the person there knows."""
        job = window.job(asked.job)
        if job.state.what != jobs.BROWSER:
            return {"state": job.state}
        if asked.came:
            total = {"printed": job.state.sheets, "sheets": job.state.sheets}
            return {"state": job.became("done", say(asked.lang, "of-out", **total), job.state.sheets)}
        jobs.forget(job)
        return {"state": job.became("cancelled", say(asked.lang, "job-cancelled"))}


def _sent(window: Window, job: jobs.Job) -> dict[str, Any]:
    answer: dict[str, Any] = {"job": job.id, "state": job.state}
    if job.state.what == jobs.BROWSER and job.sheet in window.sheets:
        answer["pdf"] = f"/sheets/{job.sheet}.pdf"
    return answer


def _printer(sheet: Sheet, asked: wire.Print) -> tuple[Any, list[wire.Trouble]]:
    """The printer that is meant (None: the browser), and why the sheet cannot go to it."""
    lang = asked.lang
    if not sheet.printable or asked.colour not in (None, not sheet.mono):
        return None, [wire.Trouble("sheet", "wrong", "sheet", say(lang, "not-printable"), lang=lang)]
    if asked.printer == jobs.BROWSER:
        return None, []
    printer = next((one for one in printers.listed(lang).printers if one.name == asked.printer), None)
    if printer is None:
        ways = (wire.Way(say(lang, "way-other-printer"), print="other"),)
        return None, [wire.Trouble("printer", "wrong", "printer", say(lang, "printer-gone"), ways, lang=lang)]
    return printer, printers.refusals(sheet, printer, asked)


def _defects(sheet: Sheet) -> list[wire.Trouble]:
    """What the finished file breaks: it is asked of the very bytes, as `handouts build` asks before it writes."""
    return [
        wire.Trouble(f"defect:{number}", "wrong", "sheet", one.message, detail=one.hint)
        for number, one in enumerate(previews.defects(sheet.data))
    ]


def _not_kept(problems: Problems, lang: wire.Lang) -> wire.Trouble:
    """Why the sheet's line could not be kept; nothing was printed."""
    message = " ".join(one.message for one in problems)
    key = "disk-full" if "空き" in message or "容量" in message else "not-kept"
    return wire.Trouble("store", "wrong", "sheet", say(lang, key), detail=message, lang=lang)
