import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
import v2v_snippets.language.locales
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='ISO 3166-1 code in two capital letters, such as ME; Kosovo is XK.', max_length=2, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Two capital letters, such as ME.')], verbose_name='code')),
                ('footnote_mark', models.CharField(blank=True, help_text='Stands behind the name wherever it is shown, such as * behind Kosovo.', max_length=3, verbose_name='footnote mark')),
                ('latitude', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='latitude')),
                ('longitude', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='longitude')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FundingStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public identifier')),
                ('grant', models.CharField(help_text='The call whose wording this is.', max_length=120, unique=True, verbose_name='grant')),
            ],
            options={
                'verbose_name': 'funding statement',
                'verbose_name_plural': 'funding statements',
                'ordering': ['grant'],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('steering', 'Steering team'), ('communication', 'Communication team'), ('financial', 'Financial team')], max_length=20, unique=True, verbose_name='team')),
            ],
            options={
                'verbose_name': 'team',
                'verbose_name_plural': 'teams',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public identifier')),
                ('short_name', models.CharField(help_text='As it is called in texts: SIC Ljubljana', max_length=80, verbose_name='short name')),
                ('official_name', models.CharField(blank=True, help_text='In its own language.', max_length=200, verbose_name='official name')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
                ('kind', models.CharField(choices=[('vet_provider', 'VET provider'), ('network', 'Network')], default='vet_provider', max_length=20, verbose_name='kind')),
                ('is_lead', models.BooleanField(default=False, verbose_name='leads the project')),
                ('side', models.CharField(blank=True, choices=[('eu', 'European Union'), ('wb', 'Western Balkans')], help_text='Which half of a twinning the school can be. Networks have none.', max_length=2, verbose_name='side')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('latitude', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='longitude')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='v2v_snippets.country', verbose_name='country')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='logo')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['short_name'],
            },
        ),
        migrations.CreateModel(
            name='PartnerAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('partner', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='v2v_snippets.partner')),
            ],
            options={
                'verbose_name': 'other name',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('description', models.TextField(verbose_name='description')),
                ('sectors', models.CharField(blank=True, help_text='Fields of training, with commas: tourism, electronics', max_length=255, verbose_name='sectors')),
                ('partner', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.partner')),
            ],
            options={
                'verbose_name': 'text',
            },
        ),
        migrations.CreateModel(
            name='PersonConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_name', models.CharField(help_text='As the person agreed to be named.', max_length=120, verbose_name='name')),
                ('role', models.CharField(blank=True, help_text='Teacher of mechatronics, SEDU', max_length=160, verbose_name='role')),
                ('scope', models.CharField(choices=[('quote', 'Being quoted'), ('picture', 'Being pictured'), ('quote_and_picture', 'Being quoted and pictured')], max_length=20, verbose_name='scope')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('valid_until', models.DateField(blank=True, help_text='The last day; empty: until withdrawn.', null=True, verbose_name='valid until')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn on')),
                ('evidence', models.CharField(blank=True, help_text='Where the signed form is kept. Never shown in public.', max_length=255, verbose_name='evidence')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.partner', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['person_name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProjectSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('controller_name', models.CharField(blank=True, help_text='Who answers for personal data (GDPR, article 4.7).', max_length=200, verbose_name='controller')),
                ('controller_address', models.TextField(blank=True, verbose_name="controller's address")),
                ('accessibility_assessed_on', models.DateField(blank=True, null=True, verbose_name='accessibility assessed on')),
                ('accessibility_email', models.EmailField(blank=True, max_length=254, verbose_name='address for accessibility problems')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Shown on every page, unless the page has one of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
            ],
            options={
                'verbose_name': 'project settings',
            },
        ),
        migrations.CreateModel(
            name='ProjectSettingsText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('tagline', models.CharField(max_length=120, verbose_name='tagline')),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.projectsettings')),
            ],
            options={
                'verbose_name': 'text',
            },
        ),
        migrations.CreateModel(
            name='FooterLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='footer_links', to='v2v_snippets.projectsettings')),
            ],
            options={
                'verbose_name': 'page in the footer',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SocialLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(max_length=60, verbose_name='label')),
                ('url', models.URLField(verbose_name='address')),
                ('settings', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='social_links', to='v2v_snippets.projectsettings')),
            ],
            options={
                'verbose_name': 'social link',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TeamMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team_memberships', to='v2v_snippets.partner', verbose_name='partner')),
                ('team', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='v2v_snippets.team')),
            ],
            options={
                'verbose_name': 'membership',
            },
        ),
        migrations.CreateModel(
            name='TeamText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('description', models.TextField(verbose_name='description')),
                ('team', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.team')),
            ],
            options={
                'verbose_name': 'text',
            },
        ),
        migrations.CreateModel(
            name='Twinning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='public identifier')),
                ('number', models.PositiveSmallIntegerField(help_text='As on the map and in the list.', unique=True, verbose_name='number')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('active', 'Active'), ('completed', 'Completed')], default='planned', max_length=12, verbose_name='status')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='start')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='end')),
                ('learners_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='learners who took part')),
                ('staff_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='staff who took part')),
                ('visits_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='visits so far')),
                ('balkan_school', models.OneToOneField(limit_choices_to={'side': 'wb'}, on_delete=django.db.models.deletion.PROTECT, related_name='twinning_as_balkan', to='v2v_snippets.partner', verbose_name='Western Balkan school')),
                ('european_school', models.OneToOneField(limit_choices_to={'side': 'eu'}, on_delete=django.db.models.deletion.PROTECT, related_name='twinning_as_european', to='v2v_snippets.partner', verbose_name='European school')),
            ],
            options={
                'verbose_name': 'twinning',
                'verbose_name_plural': 'twinnings',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='TwinningText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('goals', models.TextField(verbose_name='goals')),
                ('twinning', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.twinning')),
            ],
            options={
                'verbose_name': 'text',
            },
        ),
        migrations.CreateModel(
            name='CountryText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('footnote', models.TextField(blank=True, help_text='Shown below every page that names the country.', verbose_name='footnote')),
                ('country', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.country')),
            ],
            options={
                'verbose_name': 'text',
                'constraints': [models.UniqueConstraint(fields=('country', 'language'), name='v2v_country_text_per_language')],
            },
        ),
        migrations.CreateModel(
            name='FundingStatementText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=v2v_snippets.language.locales.language_choices, max_length=16, verbose_name='language')),
                ('kind', models.CharField(choices=[('emblem_line', 'Line beside the emblem'), ('disclaimer', 'Disclaimer')], max_length=16, verbose_name='kind')),
                ('text', models.TextField(verbose_name='text')),
                ('source', models.CharField(blank=True, help_text='Where the wording is prescribed.', max_length=255, verbose_name='source')),
                ('status', models.CharField(choices=[('official', 'Official wording'), ('national_agency', 'Given by a national agency'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='project', max_length=16, verbose_name='status')),
                ('statement', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='v2v_snippets.fundingstatement')),
            ],
            options={
                'verbose_name': 'wording',
                'constraints': [models.UniqueConstraint(fields=('statement', 'kind', 'language'), name='v2v_funding_text_per_language')],
            },
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(condition=models.Q(('is_lead', True)), fields=('is_lead',), name='v2v_partner_one_lead', violation_error_message='Another partner leads the project already.'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='v2v_partner_whole_position', violation_error_message='Give both latitude and longitude, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='partnertext',
            constraint=models.UniqueConstraint(fields=('partner', 'language'), name='v2v_partner_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='personconsent',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('given_on')), _connector='OR'), name='v2v_consent_ends_after_start', violation_error_message='The consent ends before it was given.'),
        ),
        migrations.AddConstraint(
            model_name='projectsettingstext',
            constraint=models.UniqueConstraint(fields=('settings', 'language'), name='v2v_settings_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.UniqueConstraint(fields=('team', 'partner'), name='v2v_team_one_seat'),
        ),
        migrations.AddConstraint(
            model_name='teamtext',
            constraint=models.UniqueConstraint(fields=('team', 'language'), name='v2v_team_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='twinning',
            constraint=models.CheckConstraint(condition=models.Q(('european_school', models.F('balkan_school')), _negated=True), name='v2v_twinning_two_schools', violation_error_message='A school cannot be twinned with itself.'),
        ),
        migrations.AddConstraint(
            model_name='twinning',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('started_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='v2v_twinning_ends_after_start', violation_error_message='The end lies before the start.'),
        ),
        migrations.AddConstraint(
            model_name='twinningtext',
            constraint=models.UniqueConstraint(fields=('twinning', 'language'), name='v2v_twinning_text_per_language'),
        ),
    ]
