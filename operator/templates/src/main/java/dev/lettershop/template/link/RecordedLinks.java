package dev.lettershop.template.link;

import java.util.List;

/** Makes the addresses in one recipient's mail by which opens and clicks are recorded. */
public interface RecordedLinks {

  /**
   * What a link leads to in place of its address.
   *
   * @param link number of the link in its template
   * @param content texts of the slots in the address, in order
   * @param values of the recipient that go between the pieces of the address, as they may stand in
   *     an address
   * @return null to leave the address as it is
   */
  String click(int link, List<String> content, List<String> values);

  /** Address of the image at the end of the mail; null for none. */
  String open();
}
