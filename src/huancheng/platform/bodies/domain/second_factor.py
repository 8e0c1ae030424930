"""The second factor: a device enrolled with its first code, and recovery codes told once."""

from __future__ import annotations

import secrets

import segno
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import Refused
from huancheng.platform.bodies.domain.people import LETTERS
from huancheng.platform.bodies.models import Person

RECOVERY_CODES = 10


def device_to_enrol(person: Person) -> TOTPDevice:
    """Return the device a person is enrolling; the same until they finish, so that reloading the page does no harm."""
    device = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=person, name="totp", confirmed=False)


def picture_of(device: TOTPDevice) -> str:
    """Return a device's secret as a QR code, as the address of a picture."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(border=3, scale=4, light="#fff"))


def finish_enrolling(person: Person, code: str, acting: Acting) -> tuple[TOTPDevice, list[str]]:
    """Take a device into use with its first code; returns it and the recovery codes, to be told once.

    Raises
    ------
    Refused
        If the code is not the device's.
    """
    device = device_to_enrol(person)
    if not device.verify_token(code):
        raise Refused(_("验证码不对"), field="code", cure=_("核对手机时间，输入当前显示的 6 位数字"))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=person, confirmed=True).delete()
        device.confirmed = True
        device.save()
        codes = new_recovery_codes(person)
        append(f"person:{person.pk}", "person.second_factor_enrolled", acting)
    return device, codes


def renew_recovery_codes(person: Person, acting: Acting) -> list[str]:
    """Replace a person's recovery codes; the former ones are void."""
    with transaction.atomic():
        codes = new_recovery_codes(person)
        append(f"person:{person.pk}", "person.recovery_codes_renewed", acting)
    return codes


def new_recovery_codes(person: Person) -> list[str]:
    """Make recovery codes; each serves once."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=person).delete()
        device = StaticDevice.objects.create(user=person, name="recovery", confirmed=True)
        codes = ["".join(secrets.choice(LETTERS) for _letter in range(10)) for _code in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes
