package dev.lettershop.cli.segment;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code lettershop segment}. */
@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    subcommands = {SegmentCountCommand.class, SegmentSampleCommand.class, HelpCommand.class},
    description = "Look at who is in a segment, by its rule as it is written now.")
public final class SegmentCommand {}
