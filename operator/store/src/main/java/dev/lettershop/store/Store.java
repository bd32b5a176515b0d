package dev.lettershop.store;

import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.audience.AudienceFreezer;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.store.bounce.HeldBounces;
import dev.lettershop.store.consent.Consents;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.ServerFacts;
import dev.lettershop.store.database.StoreLogin;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.engagement.MailEvents;
import dev.lettershop.store.engagement.PersonEvidence;
import dev.lettershop.store.engagement.Verdicts;
import dev.lettershop.store.experiment.Conversions;
import dev.lettershop.store.experiment.Experiments;
import dev.lettershop.store.hit.Hits;
import dev.lettershop.store.intake.Intake;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.SourcePositions;
import dev.lettershop.store.load.consent.ConsentLoad;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.VisitorLinkLoad;
import dev.lettershop.store.load.product.ProductLoad;
import dev.lettershop.store.load.profile.Identities;
import dev.lettershop.store.load.profile.ProfileLoad;
import dev.lettershop.store.load.suppression.SuppressionLoad;
import dev.lettershop.store.model.FeatureRows;
import dev.lettershop.store.model.Interactions;
import dev.lettershop.store.model.ModelScores;
import dev.lettershop.store.model.ModelVersions;
import dev.lettershop.store.model.RecommendedItems;
import dev.lettershop.store.model.ScoreTrial;
import dev.lettershop.store.person.Conflicts;
import dev.lettershop.store.person.ConsentHistory;
import dev.lettershop.store.person.KeyUse;
import dev.lettershop.store.person.PersonErasure;
import dev.lettershop.store.person.PersonExport;
import dev.lettershop.store.preference.Confirmations;
import dev.lettershop.store.preference.Preferences;
import dev.lettershop.store.preference.SignUps;
import dev.lettershop.store.quarantine.Quarantine;
import dev.lettershop.store.report.RunReports;
import dev.lettershop.store.retention.Pruner;
import dev.lettershop.store.schema.Migrations;
import dev.lettershop.store.schema.SchemaVersions;
import dev.lettershop.store.segment.ProfileReader;
import dev.lettershop.store.segment.Segments;
import dev.lettershop.store.suppression.Suppressions;
import dev.lettershop.store.trigger.Triggers;
import java.util.List;
import java.util.function.Supplier;

/** One store of profiles in PostgreSQL. Thread-safe; what it hands out says so for itself. */
public final class Store implements AutoCloseable {

  /** Of a source that does not say. */
  public static final int DEFAULT_PRECEDENCE = 100;

  /** May do what a collector needs and no more; the tables come with it. */
  public static final String COLLECTOR_ROLE = "lettershop_collector";

  private final Database database;

  private Store(Database database) {
    this.database = database;
  }

  /**
   * Connects.
   *
   * @throws dev.lettershop.store.database.StoreException when the server cannot be reached, refuses
   *     the login, or fails the TLS checks
   */
  public static Store open(StoreSettings settings) {
    return open(settings, Vault.NONE);
  }

  /**
   * The same for a store that encrypts.
   *
   * @param vault with the store's keys
   */
  public static Store open(StoreSettings settings, Vault vault) {
    return new Store(Database.open(settings, vault));
  }

  /**
   * The same without connecting, and with the rights of the role {@value #COLLECTOR_ROLE} only: for
   * a process that the public reaches.
   *
   * @param login asked for each new connection, so that a password may change meanwhile
   */
  public static Store openForCollector(
      StoreSettings settings, Supplier<StoreLogin> login, Vault vault) {
    return new Store(Database.openAs(COLLECTOR_ROLE, settings, login, vault));
  }

  /** The same with the login that stands in the settings. */
  public static Store openForCollector(StoreSettings settings, Vault vault) {
    return openForCollector(settings, settings::login, vault);
  }

  /**
   * Opens without connecting, for whoever has to live on while the server is away.
   *
   * @param login asked for each new connection, so that a password may change meanwhile
   */
  public static Store openLater(StoreSettings settings, Supplier<StoreLogin> login, Vault vault) {
    return new Store(Database.openLater(settings, login, vault));
  }

  /** What encrypts personal data in it. */
  public Vault vault() {
    return database.vault();
  }

  /**
   * Brings the tables up to date and adds a typed column for every declared attribute that has
   * none. Columns are dropped only when the schema asks for it. Safe when several processes do it
   * at once.
   *
   * @throws dev.lettershop.store.database.StoreException when a column has another type than its
   *     attribute, or a privilege is missing
   */
  public void migrate(ProfileSchema schema) {
    new Migrations(database).apply(schema);
  }

  /** What the server says of itself; changes nothing, and needs no tables. */
  public ServerFacts server() {
    return database.once("ask PostgreSQL about itself", ServerFacts::of);
  }

  /** Which attributes the tables hold, beside those that are declared. */
  public StoreSchemaStatus schemaState(ProfileSchema schema) {
    return new SchemaVersions(database).state(schema);
  }

  /**
   * Starts loading profiles; nothing is visible before {@link ProfileLoad#commit()}.
   *
   * @param source name of the source, for quarantine and audit
   * @param identityKey kind of the rows' identity values, e.g. {@code customer_id}
   * @param alsoMatch attributes whose values also identify a person, e.g. {@code email}
   */
  public ProfileLoad loadProfiles(
      String source, ProfileSchema schema, String identityKey, List<String> alsoMatch) {
    return loadProfiles(
        source, schema, identityKey, alsoMatch, DEFAULT_PRECEDENCE, Continuation.FromStart);
  }

  /**
   * The same, from the source's start or from where it was read up to before.
   *
   * @param precedence of the source where several say different things; the highest counts
   */
  public ProfileLoad loadProfiles(
      String source,
      ProfileSchema schema,
      String identityKey,
      List<String> alsoMatch,
      int precedence,
      Continuation continuation) {
    return new ProfileLoad(
        database, source, schema, identityKey, alsoMatch, precedence, continuation);
  }

  /** Starts loading events; nothing is visible before {@link EventLoad#commit()}. */
  public EventLoad loadEvents(String source, String identityKey) {
    return loadEvents(source, identityKey, Continuation.FromStart);
  }

  /** The same, from the source's start or from where it was read up to before. */
  public EventLoad loadEvents(String source, String identityKey, Continuation continuation) {
    return new EventLoad(database, source, identityKey, continuation);
  }

  /** Starts loading consents; nothing is visible before {@link ConsentLoad#commit()}. */
  public ConsentLoad loadConsents(String source, String identityKey) {
    return loadConsents(source, identityKey, Continuation.FromStart);
  }

  /** The same, from the source's start or from where it was read up to before. */
  public ConsentLoad loadConsents(String source, String identityKey, Continuation continuation) {
    return new ConsentLoad(database, source, identityKey, continuation);
  }

  /** Starts loading suppressions; nothing counts before {@link SuppressionLoad#commit()}. */
  public SuppressionLoad loadSuppressions(String source, Continuation continuation) {
    return new SuppressionLoad(database, source, continuation);
  }

  /** Starts loading a catalogue; nothing is visible before {@link ProductLoad#commit()}. */
  public ProductLoad loadProducts(String source, Continuation continuation) {
    return new ProductLoad(database, source, continuation);
  }

  /** Up to where sources have been read. */
  public SourcePositions sourcePositions() {
    return new SourcePositions(database);
  }

  /** Starts linking anonymous ids to users; nothing counts before the commit. */
  public VisitorLinkLoad linkVisitors(String source, String identityKey) {
    return new VisitorLinkLoad(database, source, identityKey);
  }

  /** What collectors have taken and nobody has worked through. */
  public Intake intake() {
    return new Intake(database);
  }

  /** Opens and clicks, and where links lead. */
  public Hits hits() {
    return new Hits(database);
  }

  /** Who opens and clicks are held to be of. */
  public Verdicts verdicts() {
    return new Verdicts(database);
  }

  /** Who is who, looked into and corrected by people. */
  public Identities identities() {
    return new Identities(database);
  }

  public Conflicts conflicts() {
    return new Conflicts(database);
  }

  /** Records that could not be taken. */
  public Quarantine quarantine() {
    return new Quarantine(database);
  }

  public Suppressions suppressions() {
    return new Suppressions(database);
  }

  public BounceLog bounces() {
    return new BounceLog(database);
  }

  public HeldBounces heldBounces() {
    return new HeldBounces(database);
  }

  public AudienceFreezer freezer() {
    return new AudienceFreezer(database);
  }

  /** What only people do after clicks. */
  public PersonEvidence personEvidence() {
    return new PersonEvidence(database);
  }

  /** Events of mails that were sent, bounced, complained about and unsubscribed from. */
  public MailEvents mailEvents() {
    return new MailEvents(database);
  }

  /** How variants of a run compare, and what is decided of it. */
  public Experiments experiments() {
    return new Experiments(database);
  }

  /** What mails led to, and to which of them it is credited. */
  public Conversions conversions() {
    return new Conversions(database);
  }

  public Segments segments() {
    return new Segments(database);
  }

  public ProfileReader profiles() {
    return new ProfileReader(database);
  }

  public KeyUse keyUse() {
    return new KeyUse(database);
  }

  public PersonExport personExport() {
    return new PersonExport(database);
  }

  public PersonErasure personErasure() {
    return new PersonErasure(database);
  }

  public Consents consents() {
    return new Consents(database);
  }

  public ConsentHistory consentHistory() {
    return new ConsentHistory(database);
  }

  /** What people choose about the mails that they get. */
  public Preferences preferences() {
    return new Preferences(database);
  }

  public SignUps signUps() {
    return new SignUps(database);
  }

  public Confirmations confirmations() {
    return new Confirmations(database);
  }

  public AuditLog audit() {
    return new AuditLog(database);
  }

  public Pruner pruning() {
    return new Pruner(database);
  }

  /** Who did something that triggers a campaign. */
  public Triggers triggers() {
    return new Triggers(database);
  }

  /** Runs in counts, for reports. */
  public RunReports reports() {
    return new RunReports(database);
  }

  public Ledger ledger() {
    return new Ledger(database);
  }

  /** Features of many people. */
  public FeatureRows features() {
    return new FeatureRows(database);
  }

  public ModelVersions modelVersions() {
    return new ModelVersions(database);
  }

  /** Who bought what, as models that recommend read it. */
  public Interactions interactions() {
    return new Interactions(database);
  }

  /** What is recommended to people. */
  public RecommendedItems recommendedItems() {
    return new RecommendedItems(database);
  }

  /** What other outputs of a model would change. */
  public ScoreTrial scoreTrial() {
    return new ScoreTrial(database);
  }

  /** What models say about people. */
  public ModelScores modelScores() {
    return new ModelScores(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
