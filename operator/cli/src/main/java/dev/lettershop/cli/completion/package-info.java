/** Scripts that complete commands and options in shells; made from the commands themselves. */
package dev.lettershop.cli.completion;
