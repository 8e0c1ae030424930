"""Other programs are told what their subscriber may see, at hosts the administrator named, until they have heard it."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.api.domain.webhooks import (
    PAUSES,
    add_webhook,
    announce,
    check_address,
    deliver_waiting,
    remove_webhook,
)
from huancheng.platform.api.models import Delivery
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.common import clock

OFFICER = ("市专班办公室", "officer")
COMPILER = ("临河县指定的编制部门", "compiler")


@pytest.fixture
def receiver():
    """A program on this machine that notes what it is told and answers as it is set to."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.heard.append((dict(self.headers), body))
            self.send_response(server.status)
            if server.status == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.status = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(receiver, settings, acting, db):
    """An officer's webhook at the receiver."""
    settings.WEBHOOK_HOSTS = [f"127.0.0.1:{receiver.server_port}"]
    return add_webhook(acting(*OFFICER), "交换", f"http://127.0.0.1:{receiver.server_port}/in", [])


def test_a_telling_is_signed_and_names_the_case(hook, receiver, acting, unit):
    case = open_case("unit_plan", unit(), acting(*COMPILER)).case
    announce(case.pk, "open", "")
    assert deliver_waiting() == 1
    headers, body = receiver.heard[0]
    assert json.loads(body)["number"] == case.number
    wanted = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Huancheng-Signature"] == f"sha256={wanted}"


def test_a_telling_holds_no_words_and_no_names(hook, receiver, acting, unit):
    case = open_case("unit_plan", unit(), acting(*COMPILER), title="张三家的院子").case
    announce(case.pk, "open", "")
    deliver_waiting()
    assert "张三" not in receiver.heard[0][1].decode()


def test_the_transaction_tells_by_a_job_once_it_is_committed(
    hook, receiver, acting, unit, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        open_case("unit_plan", unit(), acting(*COMPILER))
    assert [json.loads(body)["event"] for _, body in receiver.heard] == ["case.open"]


def test_nobody_is_told_of_what_they_may_not_see(receiver, settings, acting, unit):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    add_webhook(acting("平野县指定的编制部门", "compiler"), "邻县", f"http://127.0.0.1:{receiver.server_port}/", [])
    case = open_case("unit_plan", unit(), acting(*COMPILER)).case
    assert announce(case.pk, "open", "") == []


def test_a_webhook_for_some_acts_is_told_of_those(receiver, settings, acting, unit):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    add_webhook(acting(*OFFICER), "只听决定", f"http://127.0.0.1:{receiver.server_port}/", ["decide"])
    case = open_case("unit_plan", unit(), acting(*COMPILER)).case
    assert announce(case.pk, "open", "") == []
    assert len(announce(case.pk, "decide", "review")) == 1


def test_who_does_not_answer_is_told_again_and_at_last_given_up(hook, receiver, acting, unit):
    receiver.status = 500
    announce(open_case("unit_plan", unit(), acting(*COMPILER)).case.pk, "open", "")
    moment = clock.now()
    for pause in [timedelta(0), *PAUSES]:
        moment += pause
        with clock.at(moment):
            assert deliver_waiting() == 0
    assert Delivery.objects.get().status == Delivery.Status.GIVEN_UP
    assert len(receiver.heard) == len(PAUSES) + 1
    assert deliver_waiting() == 0


def test_a_redirection_is_not_followed(hook, receiver, acting, unit):
    receiver.status = 302
    announce(open_case("unit_plan", unit(), acting(*COMPILER)).case.pk, "open", "")
    assert deliver_waiting() == 0
    assert Delivery.objects.get().answer == "HTTP 302"


def test_a_host_struck_off_the_list_is_told_nothing_more(hook, receiver, settings, acting, unit):
    announce(open_case("unit_plan", unit(), acting(*COMPILER)).case.pk, "open", "")
    settings.WEBHOOK_HOSTS = []
    assert deliver_waiting() == 0
    assert receiver.heard == []


def test_a_removed_webhook_is_told_nothing_more(hook, receiver, acting, unit):
    remove_webhook(hook, acting(*OFFICER))
    assert announce(open_case("unit_plan", unit(), acting(*COMPILER)).case.pk, "open", "") == []


@pytest.mark.parametrize("address", [
    "http://127.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd", "gopher://x/", "http://[::1]/",
    "https://good.example@evil.example/", "https://evil.example/?good.example", "https://good.example.evil.example/",
    "http://good.example:22/", "https://good.example:99999/", "//good.example/", "",
])  # fmt: skip
def test_only_named_hosts_can_be_reached(address, settings):
    settings.WEBHOOK_HOSTS = ["good.example:443"]
    check_address("https://good.example/in")
    with pytest.raises(InputFault):
        check_address(address)
