"""E-mail (EMAIL_URL, EMAIL_FROM), for the few who have an address."""

from __future__ import annotations

import socket
from smtplib import SMTPConnectError, SMTPHeloError, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from hub.notify.channels import Letter, NotSent
from hub.notify.recipients import Recipient


class Email:
    repeatable = False

    def reaches(self, recipient: Recipient, template: str) -> bool:
        return bool(recipient.email and settings.EMAIL_HOST)

    def send(self, letter: Letter) -> None:
        subject = letter.text.splitlines()[0][:78]
        # The same id for the same letter here: mail programs show a repeated one once.
        sender = f"<{letter.id}@{urlsplit(settings.PUBLIC_URL).hostname}>"
        mail = EmailMessage(subject, letter.text, to=[letter.recipient.email], headers={"Message-ID": sender})
        try:
            mail.send()
        except (SMTPConnectError, SMTPHeloError, ConnectionRefusedError, socket.gaierror):
            raise NotSent("unreachable") from None
        except SMTPRecipientsRefused as refusal:
            code = next(iter(refusal.recipients.values()))[0]
            raise NotSent(f"smtp_{code}", lasting=code >= 500) from None
        except SMTPResponseException as refusal:
            raise NotSent(f"smtp_{refusal.smtp_code}", lasting=refusal.smtp_code >= 500) from None
        # Whatever else breaks (a line cut after the text was handed over) leaves open whether it went out.


channel = Email()
