package dev.lettershop.delivery.pipeline;

import dev.lettershop.delivery.policy.DomainGate;
import dev.lettershop.delivery.policy.RelayHealth;
import dev.lettershop.delivery.policy.Settlement;
import java.util.concurrent.BlockingQueue;

/** What the threads of one pipeline share. */
record SharedState(
    DeliveryLedger ledger,
    RelayHealth health,
    DomainGate domains,
    Handover handover,
    BlockingQueue<Settlement> settlements,
    Flow flow) {}
