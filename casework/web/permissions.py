"""What a route may be marked with: a permission, or the reason why it is open to everybody."""

from enum import StrEnum


class Permission(StrEnum):
    """What a signed-in person does by calling a route. Published values never change."""

    ACCESS_ASK = "access:ask"
    ACCESS_EXPLAIN = "access:explain"
    ACCESS_READ = "access:read"
    ACCESS_REVIEW = "access:review"
    ACCESS_SIMULATE = "access:simulate"
    ACCOUNT_LOCK = "account:lock"
    ACCOUNT_SIGN_OUT = "account:sign_out"
    ACCOUNT_STEP_UP = "account:step_up"
    ACTION_LIST = "action:list"
    ACTION_REPORT = "action:report"
    ACTION_WRITE = "action:write"
    API_DESCRIBE = "api:describe"
    CASE_CLOSE = "case:close"
    CASE_INFORM = "case:inform"
    CASE_LIST = "case:list"
    CASE_MERGE = "case:merge"
    CASE_NAME = "case:name"
    CASE_PROTECT = "case:protect"
    CASE_READ = "case:read"
    CASE_SEARCH = "case:search"
    CASE_STEP = "case:step"
    CHARTER_APPROVE = "charter:approve"
    CHARTER_COMPARE = "charter:compare"
    CHARTER_DRAFT = "charter:draft"
    CHARTER_READ = "charter:read"
    CHARTER_SCHEDULE = "charter:schedule"
    CHARTER_SIGN = "charter:sign"
    CHARTER_WITHDRAW = "charter:withdraw"
    CONTACT_READ = "contact:read"
    CONTACT_WRITE = "contact:write"
    CONTRIBUTION_WRITE = "contribution:write"
    CUSTODY_READ = "custody:read"
    CUSTODY_SWITCH = "custody:switch"
    DECISION_MAKE = "decision:make"
    DOCUMENT_ADD = "document:add"
    DOCUMENT_READ = "document:read"
    DOCUMENT_REMOVE = "document:remove"
    DRAFT_DISCARD = "draft:discard"
    DRAFT_LIST = "draft:list"
    DRAFT_READ = "draft:read"
    DRAFT_SAVE = "draft:save"
    ENQUIRY_READ = "enquiry:read"
    ENQUIRY_WRITE = "enquiry:write"
    ESCROW_ANSWER = "escrow:answer"
    ESCROW_ASK = "escrow:ask"
    ESCROW_DRAW = "escrow:draw"
    ESCROW_ENROL = "escrow:enrol"
    ESCROW_READ = "escrow:read"
    HELP_SEE = "help:see"
    HOLDER_ADMIT = "holder:admit"
    HOLDER_REMOVE = "holder:remove"
    HOME_SEE = "home:see"
    KEY_ROTATE = "key:rotate"
    LEGAL_REPORT_NOTE = "legal_report:note"
    LETTER_ISSUE = "letter:issue"
    LETTER_LIST = "letter:list"
    LETTER_MARK = "letter:mark"
    LETTER_READ = "letter:read"
    LINK_ANSWER = "link:answer"
    LINK_DECLARE = "link:declare"
    LINK_LIFT = "link:lift"
    LINK_READ = "link:read"
    LINK_SET = "link:set"
    MEASURE_READ = "measure:read"
    MEASURE_WITHDRAW = "measure:withdraw"
    MEETING_ATTEND = "meeting:attend"
    MEETING_CLOSE = "meeting:close"
    MEETING_LIST = "meeting:list"
    MEETING_OPEN = "meeting:open"
    MEETING_PREPARE = "meeting:prepare"
    MEETING_READ = "meeting:read"
    MEMBER_LIST = "member:list"
    OPENING_ASK = "opening:ask"
    OPENING_GRANT = "opening:grant"
    OPENING_LIST = "opening:list"
    PRESENCE_ASK = "presence:ask"
    PRESENCE_INDEX = "presence:index"
    PRESENCE_READ = "presence:read"
    PROCESSING_READ = "processing:read"
    REASON_CHANGE = "reason:change"
    REASON_STATE = "reason:state"
    RECOVERY_PREPARE = "recovery:prepare"
    RECOVERY_READ = "recovery:read"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_LIST = "referral:list"
    REFERRAL_READ = "referral:read"
    REFERRAL_TRIAGE = "referral:triage"
    REFERRAL_WRITE = "referral:write"
    REGISTER_EXPORT = "register:export"
    REGISTER_READ = "register:read"
    REGISTER_VERIFY = "register:verify"
    REPORT_ISSUE = "report:issue"
    RETENTION_HOLD = "retention:hold"
    RETENTION_READ = "retention:read"
    RETENTION_RUN = "retention:run"
    RETENTION_VISA = "retention:visa"
    REVIEW_ANSWER = "review:answer"
    REVIEW_CONFIRM = "review:confirm"
    REVIEW_LIST = "review:list"
    REVIEW_READ = "review:read"
    TEMPLATE_READ = "template:read"
    TEMPLATE_SET = "template:set"
    TEXT_REREAD = "text:reread"
    TRAIL_READ = "trail:read"
    UNDERTAKING_SIGN = "undertaking:sign"
    VICTIM_LIST = "victim:list"
    VICTIM_READ = "victim:read"
    VICTIM_REFER = "victim:refer"


class Public(StrEnum):
    """Why a route is open to strangers."""

    ACCESSIBILITY = "public:accessibility"  # the statement is a legal duty towards everybody
    DAY = "public:day"  # where somebody lands who had to leave a page at once
    HEALTH = "public:health"  # asked by the supervisor, which has no account
    PROBLEM_HELP = "public:problem_help"  # RFC 9457, 3.1.1: a problem type leads to its page
    SIGN_IN = "public:sign_in"  # one is a stranger until it succeeds
    STATIC = "public:static"  # the same files for everybody, and no data


# What a member may do before reading and signing the charter: leave, read, sign, ask for help.
BEFORE_UNDERTAKING = frozenset(
    {
        Permission.ACCOUNT_LOCK,
        Permission.ACCOUNT_SIGN_OUT,
        Permission.CHARTER_READ,
        Permission.HELP_SEE,
        Permission.UNDERTAKING_SIGN,
    }
)

# And while their organisation owes an answer to its access review: give it.
BEFORE_REVIEW = BEFORE_UNDERTAKING | {Permission.REVIEW_ANSWER, Permission.REVIEW_READ}
