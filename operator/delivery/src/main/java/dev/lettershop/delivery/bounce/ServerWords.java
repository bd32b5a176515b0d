package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.bounce.Verdict.Meaning;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the words of mail servers mean for the address that was mailed. The first kind of words that
 * occurs decides: words about the sender, its mail or its rate are never words about the recipient,
 * so that a block list cannot make an address look gone.
 */
final class ServerWords {
  private static final Pattern ADDRESS =
      Pattern.compile("<?[\\p{L}\\d!#$%&'*+/=?^_`{|}~.-]{1,64}@[\\p{L}\\d.\\[\\]:-]{1,255}>?");
  private static final Pattern LINK = Pattern.compile("(https?|mailto):\\S{1,500}");

  /** What some servers put before a refusal that they do not understand. */
  private static final Pattern UNKNOWN_REASON =
      Pattern.compile("\\b\\d\\.1\\.0 - unknown address error");

  /** Lists of addresses that send spam; they also stand in links. */
  private static final Pattern LISTED =
      Pattern.compile(
          "spamhaus|spamcop|sorbs|barracudacentral|uceprotect|senderscore|\\bdnsbl\\b|\\brbl\\b"
              + "|(black|block|deny|access) ?-?list|\\b(ip|host)\\b[^.\\n]{0,40}\\blisted");

  private record Kind(Meaning meaning, Pattern words) {
    private static Kind of(Meaning meaning, String... words) {
      return new Kind(meaning, Pattern.compile(String.join("|", words)));
    }
  }

  /** Who may be meant by a word for the recipient. */
  private static final String WHO =
      "\\b(user(name|id)?|mailbox|recipient|e-?mail|address|account|inbox|person|alias|addressee"
          + "|subscriber|customer)\\b";

  private static final Kind SENDER =
      Kind.of(
          Meaning.Policy,
          "\\bspam|unsolicited|bulk (e-?)?mail|reputation|virus|malware|phish",
          "\\b(spf|dkim|dmarc|dane|ptr|rdns)\\b|reverse dns|forward-confirmed|authenticat",
          "not authori[sz]ed|unauthori[sz]ed|relaying|relay (access )?(denied|not|is not)"
              + "|(not|cannot|can't) relay|(prohibited|denied|not allowed) to relay",
          "sender('s)? ?(e-?mail |mail )?(address|domain|verif|host|ip|name|id\\b|is |was |not |rejected"
              + "|denied|unknown|policy|blocked|refused|must)",
          "(bad|invalid|unknown|forged|unverif\\w+|unresolvable|unrout\\w+|domain of|verify|reject\\w*"
              + "|blocked|your|for|from this) (the )?sender",
          "verification failed for|verify failed|call-?out|callback|could not be verified",
          "(after|to|in reply to|with) mail from|mail from (command|rejected|denied|domain)"
              + "|return[- ]path|envelope[- ]from|from (address|domain|header|field)|helo|ehlo"
              + "|client host|my name was rejected|ip for sending|(valid|invalid) from\\b|from: domain|your (ip|host|server|domain|isp|mta|network|mail ?server|organi[sz]ation)",
          "\\b(ip|ip address|host|client|domain|server)\\b[^.\\n]{0,60}"
              + "\\b(blocked|banned|refused by|rejected|denied|blacklist|not allowed|not permitted)",
          "(blocked|banned|refused|rejected|denied)\\b[^.\\n]{0,40}\\b(by|using|because|due|from|for|as)\\b"
              + "[^.\\n]{0,40}\\b(ip|policy|content|filter|rule|security|administrator|dns|spam|abuse)",
          "\\brate\\b|too many (recipients|messages|mails|e-?mails|connections|sessions|concurrent|invalid)"
              + "|(message|mail|connection|recipient|sending|hourly|daily)s? (limit|quota) (is |has been )?"
              + "(exceed|reach)|receiving mail (too quickly|at)|volume",
          "\\bpolicy|policies|recipient preferences|preferences of|content(?!-)[^.\\n]{0,20}(reject|block|filter"
              + "|not)|filtered by|message (was |is )?(rejected|refused|blocked) (by|as|due|because)",
          "message[^.\\n]{0,20}(too (large|big|long)|size)|(size|length) (limit )?(exceed|is larger)"
              + "|exceeds? (the )?(maximum |allowed )?(message |incoming )?(message )?size"
              + "|larger than[^.\\n]{0,30}limit|exceeded maximum incoming message size"
              + "|maximum[^.\\n]{0,20}message size");

  private static final Kind FULL =
      Kind.of(
          Meaning.Soft,
          "(mail ?box|quota|inbox|mail folder|mail ?drop|user|account|storage|maildir)\\b[^.\\n]{0,50}"
              + "(\\bfull\\b|exceed|over ?quota|over the maximum|too large)",
          "over[- ]?quota|quota (is )?(full|exceed|violation)|(exceed|out ?of|over)\\w*[^.\\n]{0,30}quota"
              + "|full mailbox|over disk|disk quota|boîte pleine|postfach ist voll|casella piena"
              + "|buzón lleno|メールボックスが一杯",
          "insufficient (system )?(storage|resources|disk)|(not )?enough (disk |storage )?space"
              + "|out of (storage|space|disk)|disk (is )?full|no space left");

  private static final Kind FOR_NOW =
      Kind.of(
          Meaning.Soft,
          "gr[ea]ylist|not found, try again|temporar(y|ily) (fail|problem|error|lookup|unavail|reject|defer|suspend|local|unable"
              + "|not)|unverified address|server (is )?busy|try (again )?later|malformed or unexpected name");

  private static final Kind GONE =
      Kind.of(
          Meaning.Hard,
          "(user|recipient|address|mailbox|account|addressee)s? ?(is |was )?unknown",
          "unknown[: ]+(or illegal alias|local[- ]?part|to address|virtual|e-?mail|mail ?box|user|recipient"
              + "|address|account|addressee|alias|host|domain)",
          "(no such|non-?exist[ea]nt|unknown to|invalid|inactive|disabled|suspended|deactivated|obsolete) "
              + "(final delivery |e-?mail |local |virtual )?(user|recipient|mail ?box|address|account|person"
              + "|domain|alias|host|name|addressee|inbox|mail drop)",
          WHO
              + "[^.\\n]{0,60}((can|could|was|is|were|are|has|does|do|did)( ?n[o']t|not)( be)? (been )?"
              + "(found|exist|known|recogni[sz]ed|valid|listed|active|in use|available here)|not exist"
              + "|couldn't be found|wasn't found|not found|not known|not listed|not recogni[sz]ed|not valid)",
          "(can't|cannot|couldn't|could not|unable to) find[^.\\n]{0,30}" + WHO,
          "not (a )?(valid|known|listed|registered) (user|mailbox|recipient|address|account|in)"
              + "|not listed in|no (such )?mail ?box|no (valid )?recipients|no matches to",
          WHO
              + "[^.\\n]{0,50}(no longer|has been|is|was|are|:|currently) ?(been )?(temporarily )?"
              + "(valid|exist|available|active|use|accept\\w*|disabled|closed|inactive|deactivated|deleted"
              + "|suspended|terminated|discontinued|removed|expired|locked|cancel+ed)\\b(?! (mail|e-?mail)s? from)",
          "no longer (an? )?(valid|exists?|available|active|in use|works?|employ\\w*|with|at|on this|accepts?)",
          "(doesn't|does not|don't) have (an?|any) [^\\n]{0,60}(account|mailbox|delivery point|user)"
              + "|not have a final e-?mail delivery point|did not exactly match",
          "(user|recipient|addressee|account)( has)? moved|has moved to|please check if (the )?address",
          "\\b5\\.4\\.1\\b[^\\n]{0,80}recipient address rejected|unrout(e)?able (mail )?address",
          // German, French, Spanish, Italian, Portuguese, Dutch
          "(adresse|empfänger|postfach|benutzer|konto)[^.\\n]{0,60}(nicht (gefunden|bekannt|vorhanden)"
              + "|existiert nicht|unbekannt|ungültig|deaktiviert)|unbekannter (empfänger|benutzer)"
              + "|(nicht gefunden|existiert nicht)[^.\\n]{0,40}(adresse|empfänger|postfach)",
          "(adresse|destinataire|boîte|utilisateur|compte)[^.\\n]{0,80}(introuvable|n.existe pas|inconnue?\\b"
              + "|n.a pas été trouvé|pas trouvée?|désactivée?)|introuvable",
          "(usuario|dirección|destinatario|cuenta|buzón)[^.\\n]{0,60}(desconocid|no existe|no se (ha )?"
              + "(encontr|pudo)|no encontrad)",
          "(utente|indirizzo|destinatario|casella)[^.\\n]{0,60}(sconosciut|inesistente|non (esiste"
              + "|trovat|è stat))",
          "(usuário|endereço|destinatário|conta)[^.\\n]{0,60}(desconhecid|não (existe|encontrad|foi))",
          "(gebruiker|adres|geadresseerde|postvak)[^.\\n]{0,60}(onbekend|bestaat niet|niet gevonden)",
          "宛先不明|ユーザー?が?見つかりません|ディレクトリには見つかりません|リストにありません");

  private static final Kind LATER =
      Kind.of(
          Meaning.Soft,
          "try again|temporar|timed? ?-?out|connection (refused|reset|lost|dropped)|too many|retry time"
              + "|expired|retries|not reachable|unreachable|no answer|not respond|cannot connect"
              + "|failing for a long time|could not deliver for the last|attempts|giving up|not collected"
              + "|not been collected|system error|looping|too many hops|not accept our requests|socket error"
              + "|within \\d+ (day|hour)|on hold|i/o error|queue");

  /** Words about the recipient's domain; DNS may fail for a while. */
  private static final Kind NO_HOST =
      Kind.of(
          Meaning.Hard,
          "unrout(e)?able (mail )?domain|unable to route|host (is )?unknown|host not found"
              + "|host \\S{0,100} ?not found|(domain|host)( name)?[^.\\n]{0,40}(does(n't| not) exist"
              + "|not (be )?found|is not reachable|not exist|invalid)|nxdomain|name or service not known"
              + "|lookup of \\S{1,255} had no relevant answers",
          "no mx\\b|null ?mx|no (mail )?exchangers?|(does not|doesn't|not) (accept|receive)(ing)? (any )?"
              + "((e-?)?mail|network messages)|no smtp service|no mail (server|service)");

  /** Said of everything that is refused, so that it counts only when nothing else is said. */
  private static final Kind REFUSED =
      Kind.of(
          Meaning.Policy,
          "access denied|\\bdenied\\b|blocked|refused|not permitted|not allowed|prohibited|forbidden"
              + "|not accepting (e-?)?mail from|content(?!-)|restricted|permission|not (a )?member|moderat");

  private static final Kind GENERIC =
      Kind.of(
          Meaning.Hard,
          "mailbox (is )?(currently )?unavailable|(recipient|to)? ?address(es)? rejected\\W*$"
              + "|\\b5[45]\\d \\W*rejected\\W*$|rejected recipient|bad destination mailbox");

  private static final List<Kind> CLEAR = List.of(FULL, SENDER, FOR_NOW, GONE, NO_HOST);
  private static final List<Kind> VAGUE = List.of(LATER, GENERIC, REFUSED);

  private static final Pattern WITH_DIGIT = Pattern.compile("\\S*\\d\\S*");

  /** In bytes. */
  private static final int FINGERPRINT = 8;

  private ServerWords() {}

  /** What words mean that leave no doubt; null when there are none. */
  static Meaning clear(String text) {
    if (LISTED.matcher(text.toLowerCase(Locale.ROOT)).find()) {
      return Meaning.Policy;
    }
    return first(CLEAR, text);
  }

  /** Whether they say that the recipient's domain cannot be found. */
  static boolean isAboutHost(String text) {
    return NO_HOST.words().matcher(plain(text)).find();
  }

  /** What is likely meant when neither a code nor clear words say it; null when nothing is. */
  static Meaning vague(String text) {
    return first(VAGUE, text);
  }

  /** The same for texts that differ in addresses, links and numbers only; empty without words. */
  static Optional<String> fingerprint(String text) {
    String words =
        WITH_DIGIT.matcher(plain(text)).replaceAll(" ").replaceAll("[^\\p{L}]+", " ").strip();
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(HexFormat.of().formatHex(sha256(words), 0, FINGERPRINT));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static Meaning first(List<Kind> kinds, String text) {
    String plain = plain(text);
    for (Kind kind : kinds) {
      if (kind.words().matcher(plain).find()) {
        return kind.meaning();
      }
    }
    return null;
  }

  /** In lower case, without addresses and links: what stands in these says nothing. */
  private static String plain(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    String own = UNKNOWN_REASON.matcher(lower).replaceAll(" ");
    return ADDRESS.matcher(LINK.matcher(own).replaceAll(" ")).replaceAll(" ");
  }
}
