"""Reading XML out of archives; document types and entities are refused by the parser."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from huancheng.platform.files.domain.refusing import Reason, Refused


def elements_of(archive: zipfile.ZipFile, member: str, *names: str) -> Iterator[Element]:
    """Yield the elements of a member by local name, whatever their namespace; attributes lose their namespace too.

    Raises
    ------
    Refused
        If it is no well-formed XML or declares a document type.
    """
    wanted = set(names)
    try:
        with archive.open(member) as stream:
            for _, element in iterparse(stream, forbid_dtd=True):
                if element.tag.rpartition("}")[2] in wanted:
                    element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
                    yield element
                    element.clear()
    except DefusedXmlException as error:
        raise Refused(Reason.ENTITIES) from error
    except (ParseError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise Refused(Reason.BROKEN) from error
