/* XAUTH and Mode Config (draft-beaulieu-ike-xauth-02 section 6, draft-dukes-ike-mode-cfg-02 section 3): what an edge device and a host
   speak between phase 1 and Quick Mode, each part of it a Transaction exchange with a message id of its own.

   Table: transaction.rows. Both ends have the ISAKMP SA, and are in the order of RefIke (Steps/RemoteAccesses.cs in src/RefIke.Engine):

     QUESTION   the edge device asks for the user, the host replies
     VERDICT    the edge device says OK or FAIL, the host acknowledges
     WISH       a host that pulls asks for an address, the edge device replies
     GIFT       an edge device that pushes sets one, the host acknowledges

   An end is open, that is, Quick Mode may be spoken, when all that it waits for has come. While the edge device does not know the user it
   takes no exchange of the host's. Each step has its time: when that has passed, when an exchange fails, or when the user is not let in, the
   ISAKMP SA goes, and a Delete tells the other end. An ACK says nothing where nobody waited for the SET.

   What the owners chose: whether the password is right, what the host waits for and what the edge device does, so that both may ask at
   once, whether the answers have the right identifier; and whether the host is evil: it has the ISAKMP SA's keys, for phase 1 has let it
   in, but not the password, and sends what it likes to the edge device.

   A datagram holds the message id and what it says, or GARBAGE: the attacker cannot make a HASH. An exchange that has been answered may be
   forgotten; what protects then is that the ISAKMP SA remembers message ids (-DFORGETFUL: it does not).

   Not here: phase 1, whose last message the QUESTION may overtake (EarlyMessages.cs), several XAUTHs under one ISAKMP SA, CHAP, the
   timers of Quick Mode.

   clause modecfg-2-01 clause modecfg-2-02 clause modecfg-3.1.1-01 clause modecfg-3.1.1-02 clause modecfg-3.2-02
   clause modecfg-3.4-03 clause modecfg-3.5-01 clause modecfg-5.1-02 clause xauth-6-01 clause xauth-6-02 clause xauth-6-03
   clause xauth-6.1-04 clause xauth-6.2-01 clause hybrid-4-01 clause 2408-5.1-05 clause 2408-5.1-06 clause 2408-5.15-03 */

mtype = { Idle, AwaitReply, AwaitAck, Sent, Received, Failed };
mtype = { Nothing, Ask, Push, Request, Set, Reply, Ack, RetriesSpent, ParentDeleted, Delete, QuickMode };
mtype = { Xauth, Configuration, Open };

#include "network.pml"

#ifndef ACCESS_STEP                     /* ticks that a step may take; on the hostile network timers fire when they like in any case */
#ifdef FAIR
#define ACCESS_STEP 8
#else
#define ACCESS_STEP 2
#endif
#endif

#define HOST 0
#define EDGE 1

#define QUESTION 0
#define VERDICT 1
#define WISH 2
#define GIFT 3
#define OWN_VERDICT 4                   /* of an evil host */
#define NONE 7
#define GARBAGE 255
#define SAY(id, what) ((id) + 8 * (what))
#define idOf(v) ((v) & 7)
#define whatOf(v) ((v) >> 3)

/* What a message says: the right password, OK, an address; or their opposite; or it has another identifier than the question. */
#define NO 0
#define YES 1
#define ADDRESS 1
#define SECOND_ADDRESS 2
#define OTHER_IDENTIFIER 3

/* What SAY makes of some of them, as numbers, for a receive takes no sum. */
#define VERDICT_NO 1
#define VERDICT_YES 9
#define VERDICT_OTHER 25
#define GIFT_NO 3
#define GIFT_ADDRESS 11

/* The edge device gives a host the address that it has (-DLEASE_EACH: one for each exchange). */
#ifndef LEASE_EACH
#define leaseOf(id) ADDRESS
#else
#define leaseOf(id) ((id) == WISH -> SECOND_ADDRESS : ADDRESS)
#endif

chan to[2] = [7] of { mtype, byte };
chan again[2] = [2] of { mtype, byte };

/* What the owners chose. */
bool knows = true, evil, pulls, isPushed, pushes;
byte strange = NONE;                    /* the exchange whose answer has another identifier */

/* What each end knows: its ISAKMP SA, its step and how long that may take, the exchange that it began, with its timer; of the peer's
   exchanges, by their ids, which it has met, and which it still remembers. */
bool parent[2] = true;
mtype step[2] = Xauth;
byte wait[2] = ACCESS_STEP;
mtype state[2] = Idle;
byte mine[2], said[2], timer[2], tries[2];
byte met[2], kept[2];
byte address[2];

/* Ghosts, for the properties alone: whether the user said who he is, and was let in; whether Quick Mode was taken; whether a HASH that
   nobody made was taken, an id served twice; and of the last step, whether what was awaited was refused, whether a copy was answered. */
bool letIn, taken, forgedTaken, twice, refused, copied;

#define waits(e) (state[e] == AwaitReply || state[e] == AwaitAck)
#define pending(e) (parent[e] && step[e] != Open)
#define begun (!parent[EDGE] || state[EDGE] != Idle)
#define due(e) (waits(e) && timer[e] == 0)
#ifndef PATIENT                         /* else steps take what time they like */
#define late(e) (pending(e) && wait[e] == 0)
#else
#define late(e) false
#endif
#define listens (begun && !due(e) && !late(e))        /* without the ISAKMP SA an end takes a datagram and drops it */
#define knowsId (met[e] & (1 << idOf(v)))
#define keepsIt (v != GARBAGE && (kept[e] & (1 << idOf(v))))
#define evilActs (evil && e == EDGE && parent[e] && listens)

#ifdef FAIR
#define HOSTILE false
#define OWNER_MAY_DELETE false
#define MAY_FORGET false
#else
#define HOSTILE true
#define OWNER_MAY_DELETE true
#define MAY_FORGET (kept[e] != 0)
#endif

/* ---------------------------------------------------------------- What an end does. */

/* The ISAKMP SA goes, and with it in the same step what is open. */
inline Leave(tells) {
  parent[e] = false; wait[e] = 0;
  event = (waits(e) -> ParentDeleted : Nothing);
  if :: tells -> Send(to[1 - e], Delete, 0) :: else fi
}

/* An exchange of our own begins. */
inline Begin(id, what) {
  mine[e] = id; said[e] = SAY(id, what); timer[e] = GAP(0); tries[e] = 0;
  Send(to[1 - e], message, said[e])
}

inline Opens() {
  step[e] = Open; wait[e] = 0; event = Nothing;
  if :: e == HOST -> Send(to[EDGE], QuickMode, 0) :: else fi
}

/* The user is let in: an address is next, for who waits for one. */
inline Configure() {
  step[e] = Configuration; wait[e] = ACCESS_STEP; event = Nothing;
  if
  :: e == HOST && pulls -> state[e] = Idle; event = Ask
  :: e == EDGE && pushes -> state[e] = Idle; address[e] = leaseOf(GIFT); event = Push
  :: e == HOST && isPushed -> skip
  :: else -> Opens()
  fi
}

/* The answer to a message of the peer's, always the same. */
inline Answer() {
  message = (event == Request -> Reply : Ack);
  content = NO;
  if
  :: idOf(v) == strange -> content = OTHER_IDENTIFIER
  :: idOf(v) != strange && idOf(v) == QUESTION -> content = knows
  :: idOf(v) != strange && idOf(v) == WISH -> content = leaseOf(WISH)
  :: else
  fi;
  Send(to[1 - e], message, SAY(idOf(v), content))
}

/* A row was taken: event leads to next. What comes of it is the event that is left. */
inline Moves() {
  if
  :: next == Nothing -> event = Nothing                 /* none was */
  :: next != Nothing && (next == Idle || next == state[e]) -> refused = true; event = Nothing
  :: next == Sent ->                                    /* the peer's exchange */
       forgedTaken = forgedTaken || v == GARBAGE;
       twice = twice || knowsId;
       met[e] = met[e] | (1 << idOf(v)); kept[e] = kept[e] | (1 << idOf(v));
       Answer();
       event = Nothing;
       if
       :: e == HOST && idOf(v) == VERDICT && whatOf(v) == NO -> Leave(true)
       :: e == HOST && idOf(v) == VERDICT && whatOf(v) == YES && step[e] == Xauth -> Configure()
       :: idOf(v) == WISH -> address[e] = leaseOf(WISH); if :: step[e] != Open -> Opens() :: else fi
#ifndef TAKES_ALL                       /* else a host that pulls takes what is pushed as well */
       :: e == HOST && idOf(v) == GIFT && step[e] != Xauth && isPushed ->
#else
       :: e == HOST && idOf(v) == GIFT && step[e] != Xauth ->
#endif
            address[e] = whatOf(v); if :: step[e] != Open -> Opens() :: else fi
       :: else -> wait[e] = (pending(e) -> ACCESS_STEP : 0)
       fi
  :: else ->                                            /* our own */
       state[e] = next;
       if
       :: event == Ask -> Begin((e == EDGE -> QUESTION : WISH), NO); event = Nothing
       :: event == Push && step[e] == Xauth ->
            Begin(VERDICT, letIn);
            if :: letIn -> event = Nothing :: else -> Leave(true) fi
       :: event == Push && step[e] != Xauth -> Begin(GIFT, leaseOf(GIFT)); event = Nothing
       :: event == Reply && e == EDGE ->
            forgedTaken = forgedTaken || v == GARBAGE;
            letIn = (whatOf(v) == YES); wait[e] = ACCESS_STEP; state[e] = Idle; event = Push
       :: event == Reply && e == HOST ->
            forgedTaken = forgedTaken || v == GARBAGE;
            address[e] = whatOf(v); Opens()
       :: event == Ack ->
            forgedTaken = forgedTaken || v == GARBAGE;
            if
            :: mine[e] == VERDICT -> Configure()
            :: mine[e] == GIFT && step[e] != Open -> Opens()
            :: else -> event = Nothing
            fi
       :: event == RetriesSpent -> Leave(true)
       :: event == ParentDeleted -> event = Nothing
       fi
  fi;
  next = Nothing; message = Nothing; content = 0
}

#define when_HashMatches (v != GARBAGE)
#define when_HashDiffers (v == GARBAGE)
#define when_AnswerFits (v != GARBAGE && whatOf(v) != OTHER_IDENTIFIER)
#define when_OtherIdentifier (v != GARBAGE && whatOf(v) == OTHER_IDENTIFIER)

#define ROW_Initiator(where, what, guard, then, sends, text) \
        :: state[e] == where && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Responder(where, what, guard, then, sends, text) \
        :: where == Idle && event == what && guard -> printf(text); next = then; message = sends

proctype End(byte e) {
  mtype event = Nothing, next = Nothing, message = Nothing;
  byte v, content;
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: e == EDGE && !begun -> event = Ask
       :: Arrives(listens, to[e], again[e], Request)
       :: ArrivesWith(listens, to[e], again[e], Set, VERDICT_NO)
       :: ArrivesWith(listens, to[e], again[e], Set, VERDICT_YES)
       :: ArrivesWith(listens, to[e], again[e], Set, GIFT_ADDRESS)
       :: Arrives(listens, to[e], again[e], Reply)
       :: ArrivesWith(listens, to[e], again[e], Ack, VERDICT_NO)
       :: ArrivesWith(listens, to[e], again[e], Ack, VERDICT_OTHER)
       :: ArrivesWith(listens, to[e], again[e], Ack, GIFT_NO)
       :: Arrives(listens, to[e], again[e], Delete)
       :: Arrives(listens, to[e], again[e], QuickMode)
       :: ArrivesAgain(listens, again[e])
       :: Forged(listens, Request, GARBAGE)
       :: Forged(listens, Set, GARBAGE)
       :: Forged(listens && state[e] == AwaitReply, Reply, GARBAGE)
       :: Forged(listens && state[e] == AwaitAck, Ack, GARBAGE)
       :: evilActs -> event = Request; v = SAY(WISH, NO)
       :: evilActs -> event = Set; v = SAY(OWN_VERDICT, YES)
       :: evilActs -> event = QuickMode
       :: evilActs && state[e] == AwaitReply -> event = Reply; v = SAY(QUESTION, NO)
       :: evilActs && state[e] == AwaitReply -> event = Reply; v = SAY(QUESTION, OTHER_IDENTIFIER)
       :: due(e) && tries[e] < RETRIES -> tries[e]++; timer[e] = GAP(tries[e]);
            Send(to[1 - e], (state[e] == AwaitReply -> Request : Set), said[e])
       :: due(e) && tries[e] == RETRIES -> event = RetriesSpent
       :: late(e) && !due(e) -> printf("  a step has taken too long\n"); Leave(true)
       :: OWNER_MAY_DELETE && parent[e] -> printf("  the owner deletes the ISAKMP SA\n"); Leave(true)
       :: MAY_FORGET -> kept[e] = 0
       fi;

       if                                                               /* What is looked at before the table. */
       :: !parent[e] && event != ParentDeleted -> event = Nothing
       :: else
       fi;
       if
       :: event == Delete -> Leave(false)
#ifndef EAGER                           /* else Quick Mode is taken at any time */
       :: event == QuickMode -> taken = taken || step[e] == Open; event = Nothing
#else
       :: event == QuickMode -> taken = true; event = Nothing
#endif
       :: (event == Reply || event == Ack) && v != GARBAGE && idOf(v) != mine[e] -> event = Nothing
       :: (event == Request || event == Set) && keepsIt -> copied = true; Answer(); event = Nothing
#ifndef FORGETFUL
       :: (event == Request || event == Set) && v != GARBAGE && !keepsIt && knowsId -> event = Nothing
#endif
#ifndef TRUSTING                        /* the edge device takes nothing of a host whose user it does not know */
       :: (event == Request || event == Set) && e == EDGE && step[e] == Xauth && !keepsIt -> event = Nothing
#endif
       :: else -> skip
       fi;

       do                                                               /* What comes of it. */
       :: event != Nothing ->
            if
#include "transaction.rows"
            :: else -> skip
            fi;
            Moves()
       :: else -> break
       od;
       message = Nothing; content = 0; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The clock. */

inline Down(ticks) { if :: ticks > 0 -> ticks-- :: else fi }

proctype Clock() {
end:
  do
  :: atomic {
       begun && (waits(0) || waits(1) || pending(0) || pending(1)) && !due(0) && !due(1) && !late(0) && !late(1) &&
       CLOCK_GOES_ON(empty(to[0]) && empty(to[1])) ->
       refused = false; copied = false;
       printf("  a tick\n");
       Down(timer[0]); Down(timer[1]); Down(wait[0]); Down(wait[1])
     }
  od
}

init {
  atomic {
    if
    :: skip                                             /* no addresses */
    :: pulls = true
    :: isPushed = true; pushes = true
    :: isPushed = true                                  /* waits for a SET that never comes */
    :: pulls = true; pushes = true                      /* both at once */
    fi;
    if
    :: skip
    :: knows = false
    :: strange = QUESTION
    :: strange = VERDICT
    :: HOSTILE -> knows = false; evil = true; parent[HOST] = false; wait[HOST] = 0
    fi;
    if :: !evil -> run End(HOST) :: else fi;
    run End(EDGE); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define isOpen(e) (parent[e] && step[e] == Open)
#define bothOpen (isOpen(HOST) && isOpen(EDGE))
#define fits (knows && strange == NONE && !(isPushed && !pushes))

ltl S_04 { [] ((bothOpen && address[HOST] != 0 && address[EDGE] != 0) -> address[HOST] == address[EDGE]) }
ltl S_04_witness { [] !(bothOpen && address[HOST] != 0 && pulls && pushes) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && state[EDGE] == AwaitReply) }

ltl S_08 { [] !twice }
ltl S_08_witness { [] !copied }

ltl S_22 { [] ((waits(HOST) -> parent[HOST]) && (waits(EDGE) -> parent[EDGE])) }
ltl S_22_witness { [] !(state[HOST] == Failed && state[EDGE] == Failed) }

ltl S_27 { [] ((taken || address[HOST] != 0 || address[EDGE] != 0) -> letIn) }
ltl S_27_witness { [] !(taken && address[HOST] != 0) }

ltl L_01 { [] ((waits(HOST) || waits(EDGE)) -> <> !(waits(HOST) || waits(EDGE))) }
ltl L_01_witness { [] !(state[EDGE] == Failed) }

ltl L_14 { [] ((pending(HOST) || pending(EDGE)) -> <> !(pending(HOST) || pending(EDGE))) }
ltl L_14_witness { [] !(step[HOST] == Configuration && !parent[HOST] && state[HOST] == Idle) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> (bothOpen || !fits) }
ltl L_02_witness { [] !(bothOpen && losses == LOSSES) }

ltl L_04 { [] (((isOpen(HOST) || isOpen(EDGE)) && fits) -> <> bothOpen) }
ltl L_04_witness { [] !(isOpen(HOST) && state[EDGE] == AwaitAck && tries[EDGE] > 0) }

#endif
