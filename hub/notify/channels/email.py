"""E-mail through Django's backend (EMAIL_URL), for the few who have an address."""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import EmailMessage

from hub.notify.channels import Letter, NotSent
from hub.notify.recipients import Recipient


class Email:
    repeatable = False

    def reaches(self, recipient: Recipient) -> bool:
        return bool(recipient.email)

    def send(self, letter: Letter) -> None:
        subject = letter.text.splitlines()[0][:78]
        # The same id for the same letter: mail programs show a repeated one once.
        mail = EmailMessage(
            subject, letter.text, to=[letter.recipient.email], headers={"Message-ID": f"<{letter.id}@renqi>"}
        )
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from None


channel = Email()
