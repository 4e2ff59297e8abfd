"""What a Chatwoot of a given version does, and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass

OLDEST, NEWEST = (4, 10), (4, 16)


@dataclass(frozen=True, slots=True)
class Features:
    """Behaviour switches of one version.

    The releases come from Chatwoot's pull requests: #12600/#13896 (rendered content), #13371 (echoes), #13512
    (keep pending), #13521 (retries), #13573 and #13892 (signatures), #13705, #14655 (rights of bots), #13975,
    #14001, #14002 (conversation events for bots), #14494 (private targets), #14870 (take-over).
    """

    version: str
    rendered_content: bool
    rendered_list_numbers_lost: bool
    external_echo: bool
    keep_pending_setting: bool
    bot_retries: bool
    account_webhooks_signed: bool
    bot_webhooks_signed: bool
    bot_may_type: bool
    bot_may_read: bool
    bot_hears_conversations: bool
    private_targets_refused: bool
    takeover_by_assignment: bool

    @classmethod
    def of(cls, version: str) -> Features:
        """Switches for "4.10" to "4.16"; a third number is ignored.

        Raises:
            ValueError: another version, or no version at all.
        """
        found = re.fullmatch(r"v?(\d+)\.(\d+)(?:\.\d+)?", version)
        release = (int(found[1]), int(found[2])) if found else (0, 0)
        if not OLDEST <= release <= NEWEST:
            raise ValueError(f"Chatwoot version {version!r} is not one of 4.10 to 4.16")
        return cls(
            version=version,
            rendered_content=release < (4, 13),
            rendered_list_numbers_lost=release < (4, 11),
            external_echo=release >= (4, 11),
            keep_pending_setting=release >= (4, 11),
            bot_retries=release >= (4, 11),
            account_webhooks_signed=release >= (4, 11),
            bot_webhooks_signed=release >= (4, 13),
            bot_may_type=release >= (4, 12),
            bot_may_read=release >= (4, 15),
            bot_hears_conversations=release >= (4, 13),
            private_targets_refused=release >= (4, 14),
            takeover_by_assignment=release >= (4, 16),
        )
