"""What to do about a file that cannot be read, in the words that several readers share."""

from __future__ import annotations

from perflint.language import say


def fetch_again() -> str:
    """Say that the file may have been damaged on its way."""
    return say(
        "重新取一份，或用 Word、Excel、WPS 打开后另存",
        "fetch it again, or open it in Word, Excel or WPS and save it anew",
    )


def save_anew(kind: str = "") -> str:
    """Say that an office program may mend it; *kind* is the format to save as, if it matters."""
    if kind:
        return say(f"用 Word、Excel 或 WPS 打开，另存为 {kind}", f"open it in Word, Excel or WPS and save it as {kind}")
    return say("用 Word、Excel 或 WPS 打开后另存", "open it in Word, Excel or WPS and save it anew")


def split_file() -> str:
    """Say that it is too much for one file."""
    return say("拆成几个文件", "split the file")


def use_origin() -> str:
    """Say that what a PDF was made from reads better."""
    return say("改用原来的 Word 或 Excel 文件", "use the Word or Excel file it was made from")


def use_text() -> str:
    """Say that pictures are not read."""
    return say(
        "改用原来的 Word 或 Excel 文件，或先做文字识别：perflint 不认图片里的字",
        "use the Word or Excel file it was made from, or recognise its characters first: perflint reads no pictures",
    )


def remove_password() -> str:
    """Say what a password is in the way of."""
    return say("打开后取消密码，另存", "open it, remove the password and save it anew")


def locked() -> str:
    """Say that a password protects the file."""
    return say("文件有密码", "the file is protected by a password")


def damaged(reason: str) -> str:
    """Say that the file is damaged, and how; *reason* is in the reader's language."""
    return say(f"文件已损坏：{reason}", f"the file is damaged: {reason}")


def cut_off() -> str:
    """Say that the file is damaged where nothing tells how; what a library says about it helps no clerk."""
    return say("文件已损坏或不完整", "the file is damaged or cut off")


def broke_off() -> str:
    """Say that a library gave up on the file half-way."""
    return say("文件已损坏，读到一半读不下去", "the file is damaged; reading broke off half-way")


def too_many_cells(most: int) -> str:
    """Say that the tables are too large."""
    return say(f"表格超过 {most} 个单元格", f"the tables hold more than {most} cells")
