"""Read the formats that only an office program understands (doc, wps, rtf, odt, ods, xlsb), through LibreOffice.

file ──LibreOffice, own profile, time limit──▶ docx or xlsx ──word, excel──▶ Contents
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from perflint.errors import Problem
from perflint.language import say
from perflint.reading.container.advice import save_anew
from perflint.reading.container.contents import LIMITS, Contents, ReadingLimits, refuse
from perflint.reading.container.excel.workbook import read_excel
from perflint.reading.container.word.document import read_word

COMMAND = "PERFLINT_SOFFICE"  # environment variable that names the program when it is not on the path
_NAMES = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def find_office() -> str | None:
    """Return the LibreOffice program: named by ``PERFLINT_SOFFICE``, on the path, or in its usual places."""
    named = os.environ.get(COMMAND)
    if named:
        return named if Path(named).is_file() else None
    found = next((path for path in map(shutil.which, _NAMES) if path), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def read_text_document(data: bytes, file: str, suffix: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a text document by way of docx. *suffix* (``doc``, ``rtf``, ``odt``) says what *data* is.

    Raises:
        DocumentError: No LibreOffice, out of time, not converted, or as ``read_word``.
    """
    return _add_notice(read_word(convert(data, file, suffix, "docx", limits), file, limits))


def read_workbook(data: bytes, file: str, suffix: str, limits: ReadingLimits = LIMITS) -> Contents:
    """Read a workbook by way of xlsx. *suffix* (``xlsb``, ``ods``) says what *data* is.

    Raises:
        DocumentError: No LibreOffice, out of time, not converted, or as ``read_excel``.
    """
    return _add_notice(read_excel(convert(data, file, suffix, "xlsx", limits), file, limits))


def convert(data: bytes, file: str, suffix: str, target: str, limits: ReadingLimits = LIMITS) -> bytes:
    """Return *data* converted to *target* (``docx``, ``xlsx``, ``pdf``).

    LibreOffice gets a profile folder of its own, so that a running one does not answer instead, and no macros run.

    Raises:
        DocumentError: No LibreOffice, out of time, or not converted.
    """
    office = find_office()
    if office is None:
        message = say(
            f"读 .{suffix} 文件要用 LibreOffice，本机没有找到",
            f"a .{suffix} file can be read only with LibreOffice, which was not found",
        )
        hint = say(
            f"安装 LibreOffice（或在环境变量 {COMMAND} 里写明它的位置），或把文件另存为 {target}",
            f"install LibreOffice (or say in the variable {COMMAND} where it is), or save the file as {target}",
        )
        raise refuse(file, message, hint)
    with tempfile.TemporaryDirectory(prefix="perflint-") as folder:
        source = Path(folder, f"source.{suffix}")
        source.write_bytes(data)
        said = _run_office(office, source, target, file, limits)
        result = Path(folder, "out", f"source.{target}")
        if not result.is_file() or not result.stat().st_size:
            reason = said or say("没有说明原因", "it said nothing")
            message = say(f"LibreOffice 转换不了：{reason}", f"LibreOffice could not convert the file: {reason}")
            raise refuse(file, message, save_anew(target))
        return result.read_bytes()


def _run_office(office: str, source: Path, target: str, file: str, limits: ReadingLimits) -> str:
    folder = source.parent
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", target,
        "--outdir", str(folder / "out"),
        str(source),
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder)}
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is one the user installed; no shell, no words of the file
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        message = say(f"LibreOffice 启动不了：{error}", f"LibreOffice cannot be started: {error}")
        raise refuse(file, message, say(f"检查 {office}", f"check {office}")) from error
    with process:
        try:
            said, _ = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            _stop(process)
            message = say(
                f"LibreOffice 转换超过 {limits.seconds} 秒，已停止",
                f"LibreOffice took longer than {limits.seconds} seconds and was stopped",
            )
            raise refuse(file, message, save_anew(target)) from error
    return said.decode("utf-8", "replace").strip()[-300:]


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and the children it started: they share a process group."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _add_notice(contents: Contents) -> Contents:
    message = say("文件先由 LibreOffice 转换，再读入", "the file was converted by LibreOffice before reading")
    notice = Problem(message=message)
    return contents._replace(notices=(notice, *contents.notices))
