/**
 * Looks at what a first real mail needs: this machine, the database, the relay, DNS, the cluster.
 *
 * <p>Each check is a value; asking and judging are apart, so that judging has tests without a
 * network. Changes nothing anywhere.
 */
package dev.lettershop.cli.doctor;
