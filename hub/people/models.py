"""Who: persons, the accounts they sign in with, the roles they hold, families and consents."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from hub.places.models import Agency, Hub
from hub.sealed import EncryptedDateField, EncryptedTextField, keyed_hash


def phone_key(phone: str) -> str:
    """The lookup key of a phone number; empty for none."""
    return keyed_hash("phone", phone) if phone else ""


def phone_tail(phone: str) -> str:
    """The lookup key of a number's last four digits, by which people find one another in lists."""
    return keyed_hash("phone tail", phone[-4:]) if phone else ""


class UserManager(BaseUserManager["User"]):
    def for_phone(self, phone: str) -> "User":
        """The account behind a phone number, made on first use."""
        user, _ = self.get_or_create(phone_key=phone_key(phone), defaults={"phone": phone})
        return user


class User(AbstractBaseUser):
    """An account is a phone number that a code can reach. Several persons may stand behind it."""

    phone = EncryptedTextField()
    phone_key = models.CharField(max_length=32, unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "phone_key"
    REQUIRED_FIELDS = ["phone"]
    objects = UserManager()


class Person(models.Model):
    """One human being. A child or a caregiver may have no phone of their own."""

    name = models.CharField(max_length=60)
    phone = EncryptedTextField(blank=True, default="")
    phone_key = models.CharField(max_length=32, blank=True, default="", db_index=True)
    phone_tail = models.CharField(max_length=32, blank=True, default="", db_index=True)
    birth_date = EncryptedDateField(null=True, blank=True)
    community = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    """Since when nothing here says who it was (hub.people.erasing)."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_key", "name"], name="person_once_per_phone_and_name", condition=~models.Q(phone_key="")
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.phone_key, self.phone_tail = phone_key(self.phone), phone_tail(self.phone)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Role(models.TextChoices):
    VOLUNTEER = "volunteer"
    GUARDIAN = "guardian"
    SOCIAL_WORKER = "social_worker"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    REGULATOR = "regulator"


class RoleGrant(models.Model):
    """A role a person holds: a coordinator's for a hub, a social worker's for an agency, else for the district."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.CASCADE)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE)
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                name="district_role_granted_once",
                condition=models.Q(hub__isnull=True, agency__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "hub"],
                name="hub_role_granted_once",
                condition=models.Q(hub__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "agency"],
                name="agency_role_granted_once",
                condition=models.Q(agency__isnull=False),
            ),
            models.CheckConstraint(
                name="role_has_its_scope",
                condition=(
                    models.Q(role=Role.COORDINATOR, hub__isnull=False, agency__isnull=True)
                    | models.Q(role=Role.SOCIAL_WORKER, hub__isnull=True, agency__isnull=False)
                    | (
                        ~models.Q(role__in=[Role.COORDINATOR, Role.SOCIAL_WORKER])
                        & models.Q(hub__isnull=True, agency__isnull=True)
                    )
                ),
            ),
        ]


class Family(models.Model):
    """The children a guardian answers for, with everyone around them."""

    guardian = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="guarded_family")
    """The first guardian; a second one is a member."""
    hub = models.ForeignKey(Hub, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The site where it was started by staff, and its papers lie."""
    started_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who started it for a guardian who is far away."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """Since a guardian agreed to it. Until then nobody but who started it sees it, and nothing can be booked."""
    created_at = models.DateTimeField(auto_now_add=True)


class FamilyMember(models.Model):
    class Part(models.TextChoices):
        GUARDIAN = "guardian"
        CAREGIVER = "caregiver"
        PICKUP = "pickup"

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=12, choices=Part.choices)
    relation = models.CharField(max_length=20, blank=True)
    may_book = models.BooleanField(default=True)
    """Of a caregiver: books and gives back for the family."""
    may_name_pickups = models.BooleanField(default=False)
    """Of a caregiver: says who may fetch the children."""
    code = EncryptedTextField(blank=True, default="")
    """What a pick-up person says at the door (hub.people.pickups)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "person", "part"], name="family_part_once")]


class PickupCode(models.Model):
    """A pick-up person's code as a tablet checks it without a network (hub.people.pickup_codes). What was ended is kept
    for a while: a tablet may tell late of what happened before."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="pickup_codes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    code = EncryptedTextField()
    stretched = EncryptedTextField()
    """PBKDF2 of the code, in hex."""
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], name="pickup_code_in_force", condition=models.Q(until__isnull=True)
            )
        ]


class FamilyLink(models.Model):
    """A message to somebody who is asked about a family and answers without signing in."""

    class Purpose(models.TextChoices):
        CONSENT = "consent"
        """To be the guardian who agrees, child by child."""
        GUARDIAN = "guardian"
        """To be the second guardian."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    asked = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="family_links")
    relation = models.CharField(max_length=20, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)


class FamilyCard(models.Model):
    """A family's card, for coming, borrowing and being fetched. Its number can be typed, its code can't be guessed."""

    family = models.OneToOneField(Family, on_delete=models.CASCADE, related_name="card")
    number = models.CharField(max_length=8, unique=True)
    version = models.PositiveSmallIntegerField(default=1)
    """A new card ends the one before it."""
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()


class ChildManager(models.Manager["Child"]):
    def get_queryset(self) -> models.QuerySet["Child"]:
        """Without the care notes: they are opened one by one, by hub.people.care_notes."""
        return super().get_queryset().defer("care_note", "hardship", "left_behind")


class Child(models.Model):
    """A child as a family's member. `identity_key` is guardian's phone + name + birth date, hashed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="child")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="children")
    identity_key = models.CharField(max_length=32, unique=True)
    relation = models.CharField(max_length=20, blank=True)
    """What the guardian is to the child."""
    care_note = EncryptedTextField(blank=True, default="")
    """Allergies and the like. Every read is logged: hub.people.care_notes."""
    hardship = EncryptedTextField(blank=True, default="")
    """What the family lacks; likewise."""
    left_behind = EncryptedTextField(blank=True, default="")
    """Which parents work elsewhere, and who is at hand; likewise."""

    objects = ChildManager()


class Consent(models.Model):
    """What was agreed to for a person, by whom. Rows are only added: the newest of a kind holds."""

    class Kind(models.TextChoices):
        VOLUNTEERING = "volunteering"
        DATA = "data"
        PHOTO = "photo"
        FIRST_AID = "first_aid"
        HOME_ALONE = "home_alone"

    subject = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    version = models.PositiveSmallIntegerField(default=1)
    """Of the text that was answered (hub.people.consents)."""
    granted = models.BooleanField()
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()
    signed_on = models.DateField(null=True, blank=True)
    """The date on the paper that `recorded_by` saw; none where no paper was."""

    class Meta:
        indexes = [models.Index(fields=["subject", "kind", "-id"], name="consent_newest")]
