/** Commands about resources and plans: lint, plan, diff, explain, import. */
package dev.lettershop.cli.plan;
