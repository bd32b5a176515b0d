package dev.lettershop.models;

import dev.lettershop.models.artefact.Artefact;

/**
 * What a training came to.
 *
 * @param artefact null when nothing could be learnt at all
 */
record Trained(Artefact artefact, Judgement judgement) {}
