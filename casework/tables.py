"""Every table of the service, gathered for migrations and for tests that build them."""

from casework.accounts import models as accounts
from casework.audit import models as audit
from casework.cases import models as cases
from casework.cases.safeguards import models as safeguards
from casework.charters import models as charters
from casework.db.model import KeyStoreModel, Model
from casework.documents import models as documents
from casework.enquiries import models as enquiries
from casework.idempotency import models as idempotency
from casework.keys import models as keys
from casework.keys.recovery import models as recovery
from casework.letters import models as letters
from casework.meetings import models as meetings
from casework.operations import models as operations
from casework.partners import models as partners
from casework.presence import models as presence
from casework.retention import models as retention
from casework.reviews import models as reviews

PACKAGES = (
    *(accounts, audit, cases, charters, documents, enquiries, idempotency, keys, letters),
    *(meetings, operations, partners, presence, recovery, retention, reviews, safeguards),
)
"""Importing a module of models is what puts its tables into the metadata."""

MAIN = Model.metadata
KEYSTORE = KeyStoreModel.metadata
