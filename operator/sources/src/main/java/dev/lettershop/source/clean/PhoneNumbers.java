package dev.lettershop.source.clean;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** Checks telephone numbers, and brings them into the form of E.164, such as +436641234567. */
final class PhoneNumbers {
  private static final Converted NONE = Converted.invalid("is not a telephone number");

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

  /**
   * @param region ISO 3166 code of the country that a number without one belongs to, or null
   */
  Converted normalise(String text, String region) {
    try {
      PhoneNumber number = numbers.parse(text, region);
      return numbers.isValidNumber(number)
          ? Converted.of(numbers.format(number, PhoneNumberFormat.E164))
          : Converted.invalid(
              region == null
                  ? "is not a telephone number with a country in front"
                  : "is not a telephone number of its country");
    } catch (NumberParseException e) {
      return e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
          ? Converted.invalid("is a telephone number of an unknown country")
          : NONE;
    }
  }
}
