package dev.lettershop.playground.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Common first and last names, to be combined at random. */
final class Names {
  static final List<String> FIRST =
      List.of(
          "Ada", "Amir", "Ana", "Ben", "Bianca", "Carlos", "Chloé", "Clara", "Daniel", "Diego",
          "Elif", "Emma", "Ethan", "Eva", "Farah", "Felix", "Grace", "Hana", "Hugo", "Ines",
          "Isaac", "Ivy", "Jack", "Jana", "Jonas", "Julia", "Kai", "Kofi", "Lara", "Leon", "Lina",
          "Lucas", "Maya", "Mia", "Milo", "Nadia", "Nina", "Noah", "Olga", "Oscar", "Paula",
          "Priya", "Quinn", "Rosa", "Samir", "Sara", "Søren", "Tessa", "Theo", "Tomás", "Uma",
          "Vera", "Viktor", "Wanda", "Yara", "Yusuf", "Zoë");

  static final List<String> LAST =
      List.of(
          "Adams",
          "Almeida",
          "Bauer",
          "Becker",
          "Bennett",
          "Brooks",
          "Castillo",
          "Chen",
          "Clarke",
          "Cohen",
          "Da Silva",
          "Diaz",
          "Dubois",
          "Evans",
          "Fischer",
          "Flores",
          "Fournier",
          "García",
          "Gupta",
          "Haas",
          "Hansen",
          "Hughes",
          "Ibrahim",
          "Ito",
          "Jansen",
          "Jensen",
          "Kaya",
          "Kim",
          "Kowalski",
          "Larsson",
          "Lee",
          "Lopez",
          "Marino",
          "Meyer",
          "Moreau",
          "Müller",
          "Nakamura",
          "Nguyen",
          "Novak",
          "Núñez",
          "O'Brien",
          "Okafor",
          "Olsen",
          "Patel",
          "Pereira",
          "Quist",
          "Reed",
          "Rossi",
          "Sato",
          "Schmidt",
          "Singh",
          "Smith, Jr.",
          "Sousa",
          "Tanaka",
          "Turner",
          "Vargas",
          "Vogel",
          "Walker",
          "Weber",
          "Wright",
          "Yilmaz",
          "Young",
          "Zhang");

  private Names() {}

  /** What a mail provider makes of a name: {@code Núñez} is {@code nunez}. */
  static String mailbox(String name) {
    return Normalizer.normalize(name.replace("ø", "o"), Normalizer.Form.NFD)
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }
}
