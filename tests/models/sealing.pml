/*
 * Sealing, confirmation and decryption with a server that lies and k-1 key holders that lie
 * (docs/ballot_protocol.md 6 and 7). Nothing about cryptography: signatures hold, proofs hold. What is asked is
 * whether the steps keep the promises when the server shows whatever it likes to whomever it likes.
 *
 * Five consoles, each with a ballot the server gave a receipt for; the last one is the server's own. Three key
 * holders, any two of them open a total; the last one is the server's own. The server has two boxes: FULL,
 * with every ballot, and SHORT, in which the ballot of console 0 is missing.
 *
 * With MANY_DISHONEST three of the five consoles are the server's own. Then two boxes can be confirmed and the
 * first two promises are lost, as is said in docs/threat_model.md; what is left is that no honest holder gives
 * shares of two roots.
 *
 * Mutants, each of which must break an assertion:
 *   NO_CONFIRMATION  honest holders do not ask for confirmations: the two-box attack
 *   MAJORITY         they ask for more than half instead of more than two thirds
 *   TWO_ROOTS        a console confirms whatever root it is shown, also a second one
 *   NO_LEDGER        an honest holder forgets which root it opened (with MANY_DISHONEST)
 *   NO_LOOK          a console confirms without looking for its own ballot
 */
#define CONSOLES 5
#define HOLDERS 3
#define THRESHOLD 2
#define FULL 0
#define SHORT 1
#define ROOTS 2

#ifdef MANY_DISHONEST
#define is_honest_console(c) ((c) < 2)
#else
#define is_honest_console(c) ((c) != CONSOLES - 1)
#endif
#define is_honest_holder(h) ((h) != HOLDERS - 1)

typedef row { bool by[CONSOLES] };
typedef share_row { bool by[HOLDERS] };
row confirmed[ROOTS];     /* signatures the server holds */
share_row given[ROOTS];   /* shares the server holds */
bool contested[CONSOLES]; /* said on its screen and to the chair that something is wrong */
byte moves;

inline count_confirmations(root, n)
{
    n = 0;
    byte i = 0;
    do
    :: i < CONSOLES -> n = n + confirmed[root].by[i]; i++
    :: else -> break
    od;
    i = 0
}

inline count_shares(root, n)
{
    n = 0;
    byte j = 0;
    do
    :: j < HOLDERS -> n = n + given[root].by[j]; j++
    :: else -> break
    od;
    j = 0
}

/* The server shows a root to a console with the proof there is for it. */
inline show_console(c, root)
{
    if
#ifndef NO_LOOK
    :: is_honest_console(c) && c == 0 && root == SHORT -> contested[c] = true
#endif
#ifndef TWO_ROOTS
    :: is_honest_console(c) && confirmed[1 - root].by[c] -> contested[c] = true
#endif
    :: else -> confirmed[root].by[c] = true
    fi
}

/* The server asks a holder for a share of a root, with the confirmations it has for it. */
inline ask_holder(h, root)
{
    byte n;
    count_confirmations(root, n);
    if
    :: !is_honest_holder(h) -> given[root].by[h] = true
#ifndef NO_LEDGER
    :: is_honest_holder(h) && given[1 - root].by[h] -> skip
#endif
#ifndef NO_CONFIRMATION
#ifdef MAJORITY
    :: is_honest_holder(h) && 2 * n <= CONSOLES -> skip
#else
    :: is_honest_holder(h) && 3 * n <= 2 * CONSOLES -> skip
#endif
#endif
    :: else -> given[root].by[h] = true
    fi;
    n = 0
}

inline check_promises()
{
    byte whole; byte lacking;
    count_shares(FULL, whole);
    count_shares(SHORT, lacking);
#ifndef MANY_DISHONEST
    /* One root of a vote is ever opened. */
    assert(!(whole >= THRESHOLD && lacking >= THRESHOLD));
    /* A box without the ballot of console 0 is opened only after that console said so, or before it was
       ever shown a root: it has then confirmed nothing, which the chair sees as well. */
    assert(!(lacking >= THRESHOLD && confirmed[SHORT].by[0]));
#endif
    /* And no honest holder has given shares of two roots. */
    assert(!(given[FULL].by[0] && given[SHORT].by[0]));
    whole = 0; lacking = 0
}

active proctype server()
{
    byte c; byte h; byte r;
    do
    :: moves < 16 ->
        moves++;
        if :: r = FULL :: r = SHORT fi;
        if
        :: atomic { if :: c = 0 :: c = 1 :: c = 2 :: c = 3 :: c = 4 fi; show_console(c, r); check_promises() }
        :: atomic { if :: h = 0 :: h = 1 :: h = 2 fi; ask_holder(h, r); check_promises() }
        fi;
        c = 0; h = 0; r = 0
    :: break
    od
}
