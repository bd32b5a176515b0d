package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.DomainGate;
import dev.lettershop.delivery.policy.RelayHealth;

/** What the threads of one pipeline share. */
record SharedState(
    DeliveryLedger ledger,
    RelayHealth health,
    DomainGate domains,
    Handover handover,
    Settlements settlements,
    Flow flow) {}
