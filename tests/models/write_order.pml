/*
 * The write order of a secret vote with a crash between any two steps (docs/journal_format.md, sealed records).
 * What is durable survives a crash, what is in memory does not; every step is taken again after a restart until
 * it is done. Two ballots may come; a receipt is a promise the server cannot take back.
 *
 * Mutants, each of which must break an assertion:
 *   KEY_AFTER_ENTRY    the box key is written after the entry that names it
 *   RECEIPT_EARLY      a receipt leaves before its commit is durable
 *   SEAL_FROM_MEMORY   the box is collected from what the process remembers, not from the record
 *   SHRED_BEFORE_SEAL  the key is destroyed once voting has ended
 *   EMPTY_BOX          a lost key at the start makes an empty box instead of a void vote
 *   NO_DRAIN           voting ends while ballots are still on their way to the record
 */
#define BALLOTS 2

#ifdef NO_DRAIN
#define is_drained true
#else
#define is_drained (!queued[0] && !queued[1])
#endif

/* Durable. */
bool key_on_disk;
bool opened;           /* ballot_box.created and vote.opened, one group */
bool recorded[BALLOTS]; /* sealed record with its box.frame */
bool closed;
bool file_written; bool in_file[BALLOTS];
bool sealed; bool in_box[BALLOTS];
bool decided;
bool is_void;
bool shred_started;
bool shredded;

/* With the voters. */
bool receipt[BALLOTS];

/* In memory. */
bool running;
bool queued[BALLOTS];  /* checked, not yet durable */
bool known[BALLOTS];   /* index of the open box */
byte crashes;
bool disk_lost_key;

inline start()
{
    running = true;
    known[0] = recorded[0] && key_on_disk;
    known[1] = recorded[1] && key_on_disk;
    if
    :: opened && !sealed && !is_void && !key_on_disk ->
#ifdef EMPTY_BOX
        if :: !closed -> closed = true :: else fi;
        file_written = true; in_file[0] = false; in_file[1] = false;
        sealed = true; in_box[0] = false; in_box[1] = false
#else
        is_void = true
#endif
    :: else
    fi
}

inline crash()
{
    running = false;
    queued[0] = false; queued[1] = false;
    known[0] = false; known[1] = false
}

inline check_promises()
{
    /* No vote is open without a key that can read it, unless the key was lost and the vote is void. */
    assert(!(running && opened && !sealed && !is_void && !key_on_disk));
    /* A box that is sealed holds every ballot there is a receipt for. */
    assert(!(sealed && !is_void && receipt[0] && !in_box[0]));
    assert(!(sealed && !is_void && receipt[1] && !in_box[1]));
    /* Nothing in the box that was never recorded. */
    assert(!(in_box[0] && !recorded[0]) && !(in_box[1] && !recorded[1]));
    /* A receipt speaks of something durable. */
    assert(!(receipt[0] && !recorded[0]) && !(receipt[1] && !recorded[1]));
    /* Nothing is opened that was not sealed, and nothing of a void vote. */
    assert(!(decided && !sealed) && !(decided && is_void));
    /* The key is destroyed only when nobody needs it. */
    assert(!(shredded && !(decided || is_void)))
}

active proctype server()
{
    byte b;
    atomic { start() };
    do
#ifdef KEY_AFTER_ENTRY
    :: atomic { running && !opened -> opened = true }
    :: atomic { running && opened && !key_on_disk && !closed && !disk_lost_key -> key_on_disk = true }
#else
    :: atomic { running && !key_on_disk && !opened && !shredded -> key_on_disk = true }
#endif
    :: atomic { running && key_on_disk && !opened -> opened = true; check_promises() }
    :: atomic { running && opened && !closed && !is_void ->
           if :: b = 0 :: b = 1 fi;
           if
           :: !recorded[b] && !queued[b] -> queued[b] = true
#ifdef RECEIPT_EARLY
              ; receipt[b] = true
#endif
           :: else
           fi; check_promises(); b = 0 }
    :: atomic { running && opened && !is_void && (queued[0] || queued[1]) ->
           /* One commit takes everything that waits; it never does after the close. */
           if
           :: !closed ->
              if :: queued[0] -> recorded[0] = true; known[0] = true; queued[0] = false :: else fi;
              if :: queued[1] -> recorded[1] = true; known[1] = true; queued[1] = false :: else fi
           :: closed ->
              /* too late: it is durable all the same, and its voter gets the receipt */
              if :: queued[0] -> recorded[0] = true; queued[0] = false :: else fi;
              if :: queued[1] -> recorded[1] = true; queued[1] = false :: else fi
           fi;
           check_promises() }
    :: atomic { running && (recorded[0] && !receipt[0]) -> receipt[0] = true; check_promises() }
    :: atomic { running && (recorded[1] && !receipt[1]) -> receipt[1] = true; check_promises() }
    :: atomic { running && opened && !closed && !is_void && is_drained -> closed = true; check_promises() }
    :: atomic { running && closed && !file_written && !is_void && !sealed && key_on_disk ->
#ifdef SEAL_FROM_MEMORY
           in_file[0] = known[0] && receipt[0]; in_file[1] = known[1] && receipt[1];
#else
           in_file[0] = known[0]; in_file[1] = known[1];
#endif
           file_written = true; check_promises() }
    :: atomic { running && file_written && !sealed && !is_void ->
           in_box[0] = in_file[0]; in_box[1] = in_file[1]; sealed = true; check_promises() }
    :: atomic { running && sealed && !decided && !is_void -> decided = true; check_promises() }
    :: atomic { running && opened && !decided && !is_void -> is_void = true; check_promises() }
    :: atomic { running && (decided || is_void) && opened && !shred_started -> shred_started = true }
#ifdef SHRED_BEFORE_SEAL
    :: atomic { running && closed && !shred_started -> shred_started = true }
#endif
    :: atomic { running && shred_started && key_on_disk -> key_on_disk = false }
    :: atomic { running && shred_started && !key_on_disk && !shredded -> shredded = true; check_promises() }
    :: atomic { running && crashes < 3 -> crashes++; crash() }
    :: atomic { !running -> start(); check_promises() }
    :: atomic { !running && key_on_disk && !disk_lost_key -> disk_lost_key = true; key_on_disk = false }
    od
}
