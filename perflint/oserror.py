"""What the operating system refuses, in the words of the person who asked for it.

OSError ──explain──▶ the reason, ──advise──▶ what to do
"""

from __future__ import annotations

import errno

from perflint.language import say


def explain(error: OSError | ValueError) -> str:
    """Return why it failed: half a sentence in the language in force, what the system says where it is a rare one.

    A ``ValueError`` is what Python raises for a path that no system takes, one with a NUL in it.
    """
    words = {
        errno.ENOENT: say("没有这个文件或文件夹", "there is no such file or folder"),
        errno.EISDIR: say("这是文件夹，不是文件", "it is a folder, not a file"),
        errno.ENOTDIR: say("路径里有一段不是文件夹", "a part of the path is no folder"),
        errno.EEXIST: say("已有同名的文件", "a file of that name is in the way"),
        errno.EACCES: say("没有权限，或者正被别的程序占用", "permission denied, or another program is using it"),
        errno.EPERM: say("没有权限，或者正被别的程序占用", "permission denied, or another program is using it"),
        errno.EROFS: say("所在的磁盘只能读，不能写", "the disk is read-only"),
        errno.ENOSPC: say("磁盘满了", "the disk is full"),
        errno.ENAMETOOLONG: say("文件名或路径太长", "the name or path is too long"),
        errno.EIO: say("磁盘读写出错", "the disk failed to read or write"),
        errno.ELOOP: say("链接绕成了圈", "the links lead round in a circle"),
    }
    if isinstance(error, ValueError):
        return say("路径里有空字符", "the path holds a NUL character")
    return words.get(error.errno or 0) or str(error.strerror or error)


def advise_reading(error: OSError | ValueError) -> str:
    """Return what to do about a file that cannot be opened."""
    advice = {
        errno.EISDIR: say("写出里面的文件", "name the files in it"),
        errno.EACCES: say("在 Word、Excel 里关掉它，或复制一份再试", "close it in Word or Excel, or try with a copy"),
        errno.ENAMETOOLONG: say(
            "改个短些的名字，或移到浅一些的文件夹", "shorten the name or move it to a higher folder"
        ),
        errno.EIO: say("复制一份再试，或重新取一份", "try with a copy, or fetch it again"),
    }
    number = 0 if isinstance(error, ValueError) else error.errno or 0
    return advice.get(number) or say("检查路径和文件名", "check the path and the name")


def advise_writing(error: OSError) -> str:
    """Return what to do about a file that cannot be written."""
    advice = {
        errno.ENOSPC: say("腾出空间，或写到别的磁盘", "free some space, or write to another disk"),
        errno.ENAMETOOLONG: say(
            "改个短些的名字，或写到浅一些的文件夹", "shorten the name, or write to a higher folder"
        ),
    }
    return advice.get(error.errno or 0) or say("写到别的文件夹", "write to another folder")
