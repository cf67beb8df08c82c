"""What are the tables of people?"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import handrail.base.ids
import handrail.base.secrets


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Audience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=64, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "everyone",
                    models.BooleanField(default=False, verbose_name="everyone, signed in or not"),
                ),
                ("agents", models.BooleanField(default=False, verbose_name="agents alone")),
                (
                    "kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of account"),
                ),
                (
                    "roles",
                    models.JSONField(blank=True, default=list, verbose_name="roles of members"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Host",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "issuer",
                    models.CharField(max_length=255, unique=True, verbose_name="issuer (iss)"),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        help_text="What the host's tokens name as their audience. Empty: this hub's address.",
                        max_length=255,
                        verbose_name="audience (aud)",
                    ),
                ),
                (
                    "origins",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Exact origins that may show the panel, such as https://app.example.com.",
                        verbose_name="origins",
                    ),
                ),
                (
                    "sign_in_url",
                    models.URLField(blank=True, max_length=500, verbose_name="sign-in address"),
                ),
                (
                    "jwks_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="address of the public keys (JWKS)"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=64, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Higher plans have higher ranks.", verbose_name="rank"
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "key"],
            },
        ),
        migrations.CreateModel(
            name="Agent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="email")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "public_id",
                    models.CharField(
                        default=handrail.base.ids.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("agent", "Support agent"),
                            ("csm", "Customer success manager"),
                            ("technical", "Technical services"),
                            ("editor", "Editor"),
                            ("admin", "Administrator"),
                        ],
                        default="agent",
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("locale", models.CharField(blank=True, max_length=35, verbose_name="language")),
                (
                    "zoneinfo",
                    models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="people_agent_lower_email",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=255, verbose_name="id at the host")),
                (
                    "public_id",
                    models.CharField(
                        default=handrail.base.ids.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("brand", "Brand"), ("partner", "Partner"), ("agency", "Agency")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "zoneinfo",
                    models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("asserted_at", models.DateTimeField(verbose_name="last told by the host")),
                (
                    "host",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="people.host",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="people.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=handrail.base.ids.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("admin", "Account admin"), ("member", "Member")],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("asserted_at", models.DateTimeField(verbose_name="last told by the host")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="people.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HelpSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "chain",
                    models.CharField(
                        db_index=True, default=handrail.base.ids.public_id, max_length=22
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("panel", "Panel"),
                            ("page", "Full page"),
                            ("link", "Link from an email"),
                        ],
                        default="panel",
                        max_length=8,
                    ),
                ),
                (
                    "account_ids",
                    models.JSONField(
                        default=list,
                        help_text="Accounts that the token listed; the first is the one it was about.",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="people.host",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OneTimePass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("code", "Code for the full page"), ("link", "Link in an email")],
                        max_length=8,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="Where a link was sent.", max_length=254
                    ),
                ),
                ("next_path", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passes",
                        to="people.member",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        help_text="The session that a code continues.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passes",
                        to="people.helpsession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=255, verbose_name="id at the host (sub)")),
                (
                    "public_id",
                    models.CharField(
                        default=handrail.base.ids.public_id,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                (
                    "email_verified",
                    models.BooleanField(default=False, verbose_name="email verified by the host"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("locale", models.CharField(blank=True, max_length=35, verbose_name="language")),
                ("zoneinfo", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("asserted_at", models.DateTimeField(verbose_name="last told by the host")),
                (
                    "signed_out_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Tokens that the host issued before this moment open nothing.",
                        null=True,
                        verbose_name="signed out by the host",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="people.host",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
            },
        ),
        migrations.AddField(
            model_name="member",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="helpsession",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sessions",
                to="people.person",
            ),
        ),
        migrations.CreateModel(
            name="AudiencePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="people.audience",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.plan"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="audience",
            name="plans",
            field=models.ManyToManyField(
                blank=True, through="people.AudiencePlan", to="people.plan", verbose_name="plans"
            ),
        ),
        migrations.CreateModel(
            name="PlanEntitlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="entitlement")),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entitlements",
                        to="people.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=255)),
                ("jti", models.CharField(max_length=255)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "jti"), name="people_token_spent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HostKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kid", models.CharField(max_length=128, verbose_name="key id (kid)")),
                (
                    "algorithm",
                    models.CharField(
                        choices=[
                            ("HS256", "HS256 (shared secret)"),
                            ("RS256", "RS256 (RSA key pair)"),
                            ("ES256", "ES256 (P-256 key pair)"),
                        ],
                        max_length=8,
                        verbose_name="algorithm",
                    ),
                ),
                (
                    "secret",
                    handrail.base.secrets.EncryptedTextField(
                        blank=True, verbose_name="shared secret"
                    ),
                ),
                ("public_key", models.TextField(blank=True, verbose_name="public key (PEM)")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired")),
                (
                    "host",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="people.host",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("host", "kid"), name="people_kid_once_a_host"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("algorithm", "HS256"),
                                ("public_key", ""),
                                models.Q(("secret", ""), _negated=True),
                            ),
                            models.Q(
                                ("secret", ""),
                                models.Q(("algorithm", "HS256"), _negated=True),
                                models.Q(("public_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="people_key_fits_algorithm",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("host", "subject"), name="people_person_once_a_host"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("person", "account"), name="people_member_once_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="audienceplan",
            constraint=models.UniqueConstraint(
                fields=("audience", "plan"), name="people_plan_once_an_audience"
            ),
        ),
        migrations.AddConstraint(
            model_name="audience",
            constraint=models.CheckConstraint(
                condition=models.Q(("agents", True), ("everyone", True), _negated=True),
                name="people_audience_not_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=("host", "external_id"), name="people_account_once_a_host"
            ),
        ),
        migrations.AddConstraint(
            model_name="planentitlement",
            constraint=models.UniqueConstraint(
                fields=("plan", "key"), name="people_entitlement_once_a_plan"
            ),
        ),
    ]
