package dev.lettershop.template.html.check;

/** Looks for one kind of trouble. Stateless. */
interface MailCheck {
  void check(CheckedMail mail, FindingCollector found);
}
