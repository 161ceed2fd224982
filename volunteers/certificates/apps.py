from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "volunteers.certificates"
    label = "certificates"
