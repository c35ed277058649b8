"""Settings of every environment, safe by default: what is unsafe is relaxed elsewhere."""

import os
from pathlib import Path
from zoneinfo import available_timezones

import django

from v2v_snippets.language import locales

ROOT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("V2V_DATA_DIR") or ROOT / "var").resolve()

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "cms.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cms",
    "cms.api",
    "communication.delivery",
    "communication.newsletters",
    "communication.syndication",
    "v2v_pages",
    "v2v_snippets",
    "wagtail_localize",
    "wagtail.locales",  # not wagtail-localize's, which offers to copy whole trees
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.headers.security_headers",
    "cms.headers.ContentPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.compression.compress_pages",
    "v2v_snippets.keeping.keep_facts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "v2v_pages.middleware.RefusalMiddleware",
    "v2v_snippets.publication.changes.RecordingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "v2v_snippets.publication.redirects.redirect_middleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "cms.template_loaders.CompactLoader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Databases: other settings name them

SQLITE = "cms.databases.sqlite"
SQLITE_OPTIONS = {
    # Readers never wait for the worker, and writers queue instead of failing
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}

POSTGRESQL = "cms.databases.postgresql"
POSTGRESQL_OPTIONS = {
    # Statements go out apart from their values, and PostgreSQL plans them once a connection: what
    # readers ask is the same again and again, and takes longer to plan than to answer
    "server_side_binding": True,
    "prepare_threshold": 2,
}

# Users

AUTH_USER_MODEL = "cms.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages: every one has its prefix, the default one too

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = locales.LANGUAGES
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"
WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = "v2v_snippets.language.admin_formats"
LOCALE_PATHS = [ROOT / "cms" / "overlay"]  # what Django and Wagtail lack

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Wagtail

WAGTAIL_SITE_NAME = "V2V"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILIMAGES_IMAGE_MODEL = "cms.CmsImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CmsDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 10_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "v2v_snippets.uploads.forms.CleanImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "v2v_snippets.uploads.forms.CheckedDocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # as v2v_snippets.language.slugs makes them
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"Factory", "localtime"})
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is embedded from third parties
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation begins as a draft
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Small jobs of Wagtail's run at once; what must survive is a row, drained by the worker
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Security

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()"
SECURE_CSP = {
    # No script at all, and nothing from anywhere else
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],  # no page of ours does; checkers read robots.txt through one
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": SECURE_CSP}  # as django-csp reads it, on Django 5
EDITORS_CSP = {
    **SECURE_CSP,
    # Wagtail's date fields, panels and lists start with inline scripts, its editor sets styles
    "script-src": ["'self'", "'unsafe-inline'"],
    # nothing may hide in an attribute but "return;", by which its image cropper tries touch screens
    "script-src-attr": [
        "'unsafe-hashes'",
        "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='",
    ],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin scripts read it
CSRF_USE_SESSIONS = False

# V2V

V2V_WORKER_JOBS = [
    "communication.delivery.jobs.ScheduledPublishing",
    "communication.syndication.jobs.ChangesByTime",
    "communication.syndication.webhook_jobs.WebhookSending",
    "communication.syndication.webhook_jobs.WebhookNotices",
    "v2v_snippets.jobs.RenditionMaking",
    "v2v_snippets.jobs.GlossaryImporting",
    "v2v_pages.jobs.ReviewReminding",
    "v2v_pages.jobs.ConsentReminding",
    "communication.newsletters.jobs.SignUpAnswering",
    "communication.newsletters.jobs.DispatchSending",
    "communication.newsletters.jobs.DispatchNotices",
    "communication.newsletters.jobs.SubscriberImporting",
    "communication.newsletters.jobs.Retention",
    "communication.newsletters.returns.jobs.MailboxReading",
    "communication.newsletters.returns.jobs.DeliveryUpkeep",
    "communication.syndication.jobs.ChangePruning",
    "communication.syndication.jobs.DeliveryPruning",
    "communication.syndication.jobs.UsageForgetting",
]
"""What ``manage.py run_worker`` drains: dotted names of jobs."""

V2V_CHANGE_RECORDER = "communication.syndication.services.recording.recorder"
"""What records changes of content: see ``v2v_snippets.publication.changes``."""

V2V_CONTENT_VERSION = "communication.syndication.content_version.settled_version"
"""What says how long facts about the site may be kept: see ``v2v_snippets.keeping``."""

V2V_BYTE_CACHE_MEGABYTES = int(os.environ.get("BYTE_CACHE_MEGABYTES") or 64)
"""The bound of the answers that each web process keeps (docs/bytecache.md); 0 keeps none."""

V2V_API_ANONYMOUS_PER_MINUTE = 300
"""Requests to the API that an address is granted without a key; 0: any number."""

V2V_API_KEY_PER_MINUTE = 1200
"""Those of a key whose partner site has no rate of its own; 0: any number."""

V2V_TRUSTED_PROXIES = 0
"""How many proxies in front of the site add to ``X-Forwarded-For``; 0: that header is not read."""

V2V_ITEM_TYPE_NAME = "cms.api.representation.kinds.type_name"
"""What tells the name of a page type, in webhooks as in the API."""

V2V_OUTBOUND_ALLOWED_NETWORKS: list[str] = []
"""Networks of your own that webhooks may reach ("10.1.0.0/16"); no other private one is."""

V2V_INSTALLATION_ID = ""
"""What tells this installation from copies of the whole machine; empty: its database does."""

V2V_GLOSSARY_URI_BASE = ""
"""How the permanent URIs of concepts begin ("https://v2v.example"); empty: the default site."""

V2V_RECORD_LISTINGS = ["v2v_pages.glossary.syndicated.ConceptListing"]
"""Lists of records, beside those of pages, in feeds and embeds: dotted names of classes."""

V2V_PREVIEW_FRONT_ENDS: dict[str, str] = {}
"""Sites of partners on which editors see drafts: address, with ``{token}``, by the site's name."""
V2V_PREVIEW_SECONDS = 60 * 60  # how long such an address holds

V2V_STORY_EXTRA_BLOCKS = {"subscribe": "communication.newsletters.blocks.SubscribeBlock"}
"""Blocks that other apps add to a story's body: name in the stream by dotted name of the class."""

V2V_HOME_EXTRA_TEMPLATES = ["communication_newsletters/sign_up.html"]
"""Sections that other apps add at the end of home pages: names of templates."""

V2V_NEWSLETTER_EXTRA_BLOCKS = {"term": "v2v_pages.blocks.term.TermBlock"}
"""Blocks that other apps add to an issue of a newsletter, as those of a story."""

V2V_NEWSLETTERS_BASE_TEMPLATE = "v2v_pages/base.html"
V2V_NEWSLETTERS_CONTEXT = "v2v_pages.guests.guest_context"
"""The frame around the pages for subscribers, and the function that returns what it needs."""

V2V_PRIVACY_URL = "v2v_pages.guests.privacy_url"
"""The function that tells where readers learn what happens to the address they leave."""

V2V_MAIL_FOOTER = "v2v_snippets.selectors.mail_footer"
"""The function that returns what stands below every mail: controller and funding."""

DJANGO_AT_LEAST_6 = django.VERSION >= (6, 0)
