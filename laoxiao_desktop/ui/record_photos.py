"""Pictures off the main thread: a photo made small enough to keep, and the thumbnails of those that are kept."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.exchange.photo_date import taken_on

LONGEST = 2000  # px of the longer side that is kept
LARGEST_FILE = 50 * 1024 * 1024
_MEMORY_MB = 512  # a picture that unpacks to more is refused
_QUALITY = 86
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff")
_PHONE_ENDINGS = (".heic", ".heif")
_DOCUMENT_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".txt", ".zip", ".ppt", ".pptx")
_REFUSED_ENDINGS = (".exe", ".bat", ".cmd", ".com", ".msi", ".js", ".vbs", ".ps1", ".scr", ".lnk", ".sh", ".jar")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be kept of a file: its bytes, name, kind, and the date found in it (stored)."""

    content: bytes
    file_name: str
    kind: str
    taken_on: str | None = None


def is_photo(name: str) -> bool:
    """Whether a file is taken in as a photo."""
    return Path(name).suffix.lower() in PHOTO_ENDINGS


def prepared(path: Path) -> Prepared:
    """A file made ready to be kept. UserError says what is wrong with it and what to do."""
    name, ending = path.name, path.suffix.lower()
    if ending in _PHONE_ENDINGS:
        raise UserError(f"“{name}”是手机的 HEIC 照片，这里读不了。", "请在手机相机设置里选“兼容性最佳”，或先转成 JPG。")
    if ending in _REFUSED_ENDINGS:
        raise UserError(f"“{name}”是程序文件，不能作附件。", "附件收照片、PDF、Word、WPS、Excel 等文件。")
    content = _read(path)
    if is_photo(name):
        return Prepared(smaller(content, name), f"{path.stem}.jpg", "照片", taken_on(content))
    kind = "批复" if any(word in name for word in ("批复", "立项", "备案", "许可", "同意")) else "凭证"
    return Prepared(content, name, kind if ending in _DOCUMENT_ENDINGS else "其他")


def pasted(image: QImage, name: str) -> Prepared:
    """A picture from the clipboard made ready to be kept."""
    return Prepared(_encoded(_scaled(image), name), name, "照片")


def smaller(content: bytes, name: str) -> bytes:
    """A photo upright, at most 2000 px on its longer side, as JPEG without anything the camera wrote beside it."""
    image = _decoded(content, LONGEST)
    if image is None:
        raise UserError(f"“{name}”打不开，可能没有传完整或不是照片。", "请在电脑上先打开看看，再重新取一份。")
    return _encoded(_scaled(image), name)


def thumbnail(content: bytes, size: int) -> QImage | None:
    """A kept photo at most `size` px large; None when it cannot be read."""
    image = _decoded(content, size)
    return None if image is None else _fitted(image, size)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹。", "请打开文件夹，选里面的文件。")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError(f"“{path.name}”有 {size // 1024 // 1024} MB，超过 50 MB。", "请先压缩，或只附关键的几页。")
        content = path.read_bytes()
    except OSError as problem:
        raise UserError(
            f"读不了“{path.name}”（{reason_of(problem)}）。", "请检查文件是否还在、有没有权限。"
        ) from problem
    if not content:
        raise UserError(f"“{path.name}”是空文件。", "请另选一个文件。")
    return content


def _decoded(content: bytes, longest: int) -> QImage | None:
    """The picture, decoded no larger than needed; None when it is broken."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAllocationLimit(_MEMORY_MB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _scaled(image: QImage) -> QImage:
    return _fitted(image, LONGEST)


def _fitted(image: QImage, longest: int) -> QImage:
    if max(image.width(), image.height()) <= longest:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(longest, longest, keep, smooth)


def _encoded(image: QImage, name: str) -> bytes:
    flat = image.convertToFormat(QImage.Format.Format_RGB32) if not image.hasAlphaChannel() else _on_white(image)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not flat.save(buffer, "JPG", _QUALITY):  # type: ignore[call-overload]
        raise UserError(f"“{name}”存不成照片。", "请先用画图等程序另存为 JPG。")
    return bytes(data.data())


def _on_white(image: QImage) -> QImage:
    """JPEG knows no transparency: what is clear becomes paper."""

    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)  # allowed: paper is white in every theme
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat
