import django.db.models.deletion
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import v2v_snippets.fields
import v2v_snippets.publication.listing
import v2v_snippets.publication.routing
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(get_image_model_string()),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('v2v_snippets', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('headline', models.CharField(max_length=120, verbose_name='headline')),
                ('introduction', models.TextField(blank=True, max_length=400, verbose_name='introduction')),
                ('dates', v2v_snippets.fields.StreamField(blank=True, verbose_name='what happens when')),
                ('strands', v2v_snippets.fields.StreamField(blank=True, verbose_name='what partners build')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=(v2v_snippets.publication.routing.FallbackRootMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
            ],
            options={
                'verbose_name': 'news list',
                'verbose_name_plural': 'news lists',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('published_on', models.DateField(db_index=True, default=django.utils.timezone.localdate, verbose_name='date')),
                ('is_date_assumed', models.BooleanField(default=False, help_text='The source gives no date: readers are told that this one is assumed.', verbose_name='the date is assumed')),
                ('is_demo_text', models.BooleanField(default=False, help_text='Readers are told that the text is an example and reports nothing.', verbose_name='demo text')),
                ('body', v2v_snippets.fields.StreamField(blank=True, verbose_name='body')),
                ('authors', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='v2v_snippets.partner', verbose_name='written by')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
                ('twinnings', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='v2v_snippets.twinning', verbose_name='about the twinnings')),
            ],
            options={
                'verbose_name': 'news article',
                'verbose_name_plural': 'news articles',
            },
            bases=(v2v_snippets.publication.listing.Listed, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='v2v_pages.newspage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news_items', to='taggit.tag')),
            ],
            options={
                'verbose_name': 'tag of an article',
            },
        ),
        migrations.AddField(
            model_name='newspage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='v2v_pages.NewsTag', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='PartnerIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
            ],
            options={
                'verbose_name': 'directory of partners',
                'verbose_name_plural': 'directories of partners',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('body', v2v_snippets.fields.StreamField(blank=True, verbose_name='body')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TwinningIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
            ],
            options={
                'verbose_name': 'list of twinnings',
                'verbose_name_plural': 'lists of twinnings',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='TwinningStoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='One or two sentences for lists, search engines and partner sites.', max_length=400, verbose_name='summary')),
                ('review_on', models.DateField(blank=True, help_text='When somebody should read the page again and see whether it still holds.', null=True, verbose_name='review on')),
                ('canonical_address', models.URLField(blank=True, help_text='If the text was first published elsewhere: its address there.', verbose_name='canonical address')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'CC BY 4.0'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0'), ('CC0-1.0', 'CC0 1.0'), ('all-rights-reserved', 'All rights reserved')], default='CC-BY-4.0', max_length=32, verbose_name='licence')),
                ('translation_origin', models.CharField(choices=[('original', 'Original'), ('official', 'Official translation'), ('project', 'Project translation'), ('machine', 'Machine translation')], default='original', max_length=16, verbose_name='origin of this text')),
                ('published_on', models.DateField(db_index=True, default=django.utils.timezone.localdate, verbose_name='date')),
                ('is_date_assumed', models.BooleanField(default=False, help_text='The source gives no date: readers are told that this one is assumed.', verbose_name='the date is assumed')),
                ('is_demo_text', models.BooleanField(default=False, help_text='Readers are told that the text is an example and reports nothing.', verbose_name='demo text')),
                ('body', v2v_snippets.fields.StreamField(blank=True, verbose_name='body')),
                ('funding_statement', models.ForeignKey(blank=True, help_text='Empty: that of the whole site.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='v2v_snippets.fundingstatement', verbose_name='funding statement')),
                ('listing_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image in lists')),
                ('social_image', models.ForeignKey(blank=True, help_text='Empty: the image in lists.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=get_image_model_string(), verbose_name='image for sharing')),
                ('twinning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='v2v_snippets.twinning', verbose_name='twinning')),
            ],
            options={
                'verbose_name': 'twinning story',
                'verbose_name_plural': 'twinning stories',
            },
            bases=(v2v_snippets.publication.listing.Listed, 'wagtailcore.page'),
        ),
        migrations.AddConstraint(
            model_name='newstag',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='v2v_news_tag_once'),
        ),
    ]
