/* Main Mode (RFC 2409 sections 5.1 to 5.4) between two ends and an attacker who owns the network.

   Tables: that of the METHOD (method.pml), with a pre-shared key where none is named, and informational.rows for the refusal that a
   responder sends in clear. One initiator, one responder, one exchange. What each end was told by its owner is chosen at the start:
   what each knows of the other's key, whether the responder accepts what is offered, whether either names itself as the other
   expects.

   A datagram holds one number:
     SaPayload    the offer, or the choice                            UNFIT, FULL, WEAK
     KeyMessage   whose KE and nonce; with encryption to which key    INVALID, OF_I, OF_R, OF_E, and MISREAD, BY_NAME
     a proof      HASH or signature, and identity                     GARBAGE, STRANGE, PROOF_I(key, id), PROOF_R(key, id)
   The proof is symbolic: a number of its own for each secret, offer, choice, KE and nonce of either side, and identity that go
   into it. The identity stands in the proof also where messages 3 and 4 carry it, for HASH covers it there too.

   Not here: a second exchange between the same ends (refike explore has it), the ISAKMP SA's later life, the encryption of messages
   5 and 6 (a message that does not decrypt is a proof that differs).

   clause hybrid-4.2-01 clause hybrid-4.2-03 clause 2409-5.4-01 clause 2409-5.1-01 clause 2409-5.1-03 clause 2409-5.1-06
   clause 2409-5.2-01 clause 2409-5.2-03 clause 2409-5.2-05 clause 2409-5.3-01 clause 2409-5.3-07 clause 2409-5-05 clause 2409-5-14
   clause 2409-5-17 clause 2409-5-18 clause 2409-5.7-03 clause 2408-5.1-05 clause 2408-5.4-03 clause 2408-5.11-01
   clause 2408-5.14-04 clause 2407-4.6.2-02 */

mtype = { Idle, AwaitSaR, AwaitKeR, AwaitKeI, AwaitHashR, AwaitHashI, AwaitSigR, AwaitSigI, Established, Failed, Sent, Received };
mtype = { Nothing, Initiate, SaPayload, KeyAndNonce, KeyIdNonce, NonceKeyId, IdAndHash, IdAndSignature, Hash, Refusal };
mtype = { RetriesSpent, HalfOpenExpired, SendProtected, SendClear, HashAndBody, ClearBody };

#include "network.pml"
#include "method.pml"

#if METHOD == PSK
#define TABLE "main-mode-psk.rows"
#elif METHOD == SIG
#define TABLE "main-mode-sig.rows"
#elif METHOD == PKE
#define TABLE "main-mode-pke.rows"
#elif METHOD == RPKE
#define TABLE "main-mode-rpke.rows"
#elif METHOD == HYBRID_I
#define TABLE "main-mode-hybrid-init.rows"
#else
#define TABLE "main-mode-hybrid-resp.rows"
#endif

#if METHOD == PKE
#define KeyMessage KeyIdNonce
#elif METHOD == RPKE
#define KeyMessage NonceKeyId
#else
#define KeyMessage KeyAndNonce
#endif

#if I_SIGNS
#define ProofI IdAndSignature
#define AwaitProofI AwaitSigI
#elif ENCRYPTS
#define ProofI Hash
#define AwaitProofI AwaitHashI
#else
#define ProofI IdAndHash
#define AwaitProofI AwaitHashI
#endif
#if R_SIGNS
#define ProofR IdAndSignature
#define AwaitProofR AwaitSigR
#elif ENCRYPTS
#define ProofR Hash
#define AwaitProofR AwaitHashR
#else
#define ProofR IdAndHash
#define AwaitProofR AwaitHashR
#endif

#ifndef HALF_OPEN
#define HALF_OPEN 4                     /* ticks that a responder waits for a whole exchange */
#endif

/* An offer: nothing that the responder may take; all that the initiator offers; only the weaker half of it.
   A choice likewise. */
#define UNFIT 0
#define FULL 1
#define WEAK 2

/* Whose KE and nonce; INVALID is a public value outside the group. With MISREAD they are encrypted to a key that the receiver has not,
   with BY_NAME the message says so. */
#define INVALID 0
#define OF_I 1
#define OF_R 2
#define OF_E 3
#define MISREAD 4
#define BY_NAME 8
#define isInvalid ((v & 3) == INVALID)
#define isMisread ((v & MISREAD) != 0)
#define isUnknown (isMisread && (v & BY_NAME) != 0)
#define whose (isMisread -> OF_E : v & 3)                       /* what was read wrong is nobody's, like what the attacker wrote */

/* A proof that nobody made; one that the attacker signed with his own key; and the ends'. */
#define GARBAGE 0
#define STRANGE 255
#define KEY(secret, sa, choice, ni, nr) \
        ((secret) + 2 * ((sa) == WEAK) + 4 * ((choice) == WEAK) + 8 * ((ni) == OF_E) + 16 * ((nr) == OF_E))
#define PROOF_I(key, id) (1 + 4 * (key) + 2 * (id))
#define PROOF_R(key, id) (2 + 4 * (key) + 2 * (id))

chan toI = [4] of { mtype, byte };
chan toR = [4] of { mtype, byte };
chan againI = [2] of { mtype, byte };
chan againR = [2] of { mtype, byte };

/* What the owners chose. */
byte offer = FULL, iId = EXPECTED, rId = EXPECTED;

/* What each end knows: its state, what it took from the other, its timer. */
mtype iState = Idle, rState = Idle;
byte iChoice, iNr, iTimer, iTries;
byte rSa, rNi, rTimer;

/* Ghosts, for the properties alone: how many messages moved each end; whether a proof that nobody made was taken; and
   of the last step, whether something that was awaited was refused, and whether a copy was answered. */
byte iMoved, rMoved;
bool forgedTaken, refused, copied;

#define iKey KEY(0, offer, iChoice, OF_I, iNr)
#define rKey KEY(METHOD == PSK && rKnows == WRONG, rSa, rSa, rNi, OF_R)
#define iWaits (iState == AwaitSaR || iState == AwaitKeR || iState == AwaitProofR)
#define rWaits (rState == AwaitKeI || rState == AwaitProofI)
#define iHasKeys (iState == AwaitProofR || iState == Established)
#define rHasKeys (rState == AwaitProofI || rState == Established)
#define iDue (iWaits && iTimer == 0)
#define rDue (rWaits && rTimer == 0)
#define iListens (iState != Idle && !iDue)     /* an exchange that has failed takes a datagram and drops it */
#define rListens (!rDue)

/* ---------------------------------------------------------------- The initiator. */

/* A row was taken: event leads to next, and message is sent. */
inline InitiatorMoves() {
  if
  :: next == Nothing -> skip                            /* none was */
  :: next == iState -> refused = true                   /* the record stays as it was */
  :: else ->
       if
       :: event == SaPayload -> iChoice = v; iMoved++
       :: event == KeyMessage -> iNr = whose; iMoved++
       :: event == ProofR -> forgedTaken = (v == GARBAGE || v == STRANGE); iMoved++
       :: else
       fi;
       iState = next;
       iTries = 0; iTimer = (iWaits -> GAP(0) : 0);
       seen = event; seenV = v; last = message;
       if
       :: message == SaPayload -> content = offer
       :: message == KeyMessage -> content = OF_I + (iKnows == WRONG && ENCRYPTS -> MISREAD : 0) + (named -> BY_NAME : 0)
       :: message == ProofI -> content = PROOF_I(iKey, iId)
       :: else -> content = 0
       fi;
       Send(toR, message, content)
  fi
}

#define when_ChoiceWasOffered (offer == FULL && v != UNFIT)
#define when_ChoiceNotOffered (offer != FULL || v == UNFIT)
#define when_PeerKeyUsable (iKnows != NONE)
#define when_PeerKeyUnusable (iKnows == NONE)
#define when_PeerKeyKnown when_PeerKeyUsable
#define when_PeerKeyUnknown when_PeerKeyUnusable
#define isOpened (METHOD != RPKE || !isMisread)
#define when_Unreadable (!isOpened)
#define when_PublicValueValid (isOpened && !isInvalid && (v & 3) != OF_I)
#define when_PublicValueInvalid (isOpened && (isInvalid || (v & 3) == OF_I))
#define when_HashMatches (v == PROOF_R(iKey, EXPECTED))
#define when_IdentityRefused (v == PROOF_R(iKey, OTHER))
#define when_HashDiffers (!when_HashMatches && !when_IdentityRefused)
/* With signatures, a key that is not trusted is told from a proof that is not made with the key that is. */
#define when_CertificateRefused (v == STRANGE || (v != GARBAGE && iKnows == WRONG))
#define when_SignatureMatches (iKnows == RIGHT && when_HashMatches)
#define when_SignerRefused (iKnows == RIGHT && when_IdentityRefused)
#define when_SignatureDiffers (!when_CertificateRefused && when_HashDiffers)
/* The user's HASH in hybrid authentication: who he says he is counts for nothing. */
#define when_UserHashMatches (when_HashMatches || when_IdentityRefused)
#define when_UserHashDiffers when_HashDiffers
#define when_BeforeKeys (!iHasKeys)
#define when_KeysExist iHasKeys

#define ROW_Initiator(state, what, guard, then, sends, text) \
        :: iState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Receiver(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text)               /* a hint at most: nothing moves */
#define ROW_Responder(state, what, guard, then, sends, text)
#define ROW_Sender(state, what, guard, then, sends, text)

proctype Initiator() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;                 /* seen: the newest message taken, seenV: what it held; */
  byte v, content, seenV;                               /* last: our newest message, content: what it holds */
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: iState == Idle -> event = Initiate
       :: Arrives(iListens, toI, againI, SaPayload)
       :: Arrives(iListens, toI, againI, KeyMessage)
       :: Arrives(iListens, toI, againI, ProofR)
       :: Arrives(iListens, toI, againI, ClearBody)
       :: ArrivesAgain(iListens, againI)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, FULL)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, WEAK)
       :: Raced(iListens && iState == AwaitSaR, SaPayload, UNFIT)
       :: Raced(iListens && iState == AwaitKeR, KeyMessage, INVALID)
       :: Raced(iListens && iState == AwaitKeR, KeyMessage, OF_E)
       :: Raced(iListens && iState == AwaitKeR, KeyMessage, OF_I)       /* our own, come back */
       :: Raced(iListens && iState == AwaitKeR && ENCRYPTS, KeyMessage, OF_E + MISREAD)
       :: Forged(iListens && iState == AwaitProofR, ProofR, GARBAGE)
       :: Forged(iListens && iState == AwaitProofR && R_SIGNS, ProofR, STRANGE)
       :: Forged(iListens && iState == AwaitProofR && METHOD == HYBRID_R && iNr == OF_E, ProofR, PROOF_R(iKey, EXPECTED))  /* his own */
       :: Forged(iListens, ClearBody, 0)
       :: iDue && iTries < RETRIES -> iTries++; iTimer = GAP(iTries); Send(toR, last, content)
       :: iDue && iTries == RETRIES -> event = RetriesSpent
       fi;

       if                                                               /* What comes of it. */
#include TABLE
#include "informational.rows"
       :: event == seen && v == seenV && last != Nothing ->             /* a copy: the same octets again */
            copied = true; Send(toR, last, content)
       :: else -> skip
       fi;
       InitiatorMoves();
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

#undef when_Unreadable
#undef when_PublicValueValid
#undef when_PublicValueInvalid
#undef when_HashMatches
#undef when_IdentityRefused
#undef when_HashDiffers
#undef when_CertificateRefused
#undef when_SignatureMatches
#undef when_SignerRefused
#undef when_SignatureDiffers
#undef isOpened
#undef when_BeforeKeys
#undef when_KeysExist
#undef ROW_Initiator
#undef ROW_Receiver
#undef ROW_Responder
#undef ROW_Sender

/* ---------------------------------------------------------------- The responder. */

inline ResponderMoves() {
  if
  :: next == Nothing -> skip
  :: next == rState -> refused = true
  :: else ->
       if
       :: event == SaPayload -> rSa = v; rTimer = HALF_OPEN; rMoved++
       :: event == KeyMessage -> rNi = whose; rMoved++
       :: event == ProofI -> forgedTaken = (v == GARBAGE || v == STRANGE); rMoved++
       :: else
       fi;
       rState = next;
       rTimer = (rWaits -> rTimer : 0);
       seen = event; seenV = v; last = message;
       if
       :: message == SaPayload -> content = rSa
       :: message == KeyMessage -> content = OF_R + (rKnows == WRONG && ENCRYPTS -> MISREAD : 0)
       :: message == ProofR -> content = PROOF_R(rKey, rId)
       :: else -> content = 0
       fi;
       if
       :: message == Refusal -> event = SendClear; last = Nothing       /* an Informational, never sent again */
       :: else -> Send(toI, message, content)
       fi
  fi
}

#define when_OfferAcceptable (v != UNFIT)
#define when_NothingAcceptable (v == UNFIT)
/* HASH(1) is looked at first in the revised mode, and behind the public value, which is in clear, in the other. */
#if METHOD == RPKE
#define isOpened (!isMisread)
#define when_OwnKeyUnknown isUnknown
#else
#define isOpened true
#define when_OwnKeyUnknown (!isInvalid && isUnknown)
#endif
#define when_Unreadable (!isUnknown && !isOpened)
#define when_PublicValueValid (!isInvalid)
#define when_PublicValueInvalid (isOpened && isInvalid)
#define isAnswered (isOpened && !isInvalid && !isUnknown)
#define when_Answerable (isAnswered && rKnows != NONE)
#define when_Unanswerable (isAnswered && rKnows == NONE)
#define when_HashMatches (v == PROOF_I(rKey, EXPECTED))
#define when_IdentityRefused (v == PROOF_I(rKey, OTHER))
#define when_HashDiffers (!when_HashMatches && !when_IdentityRefused)
#define when_CertificateRefused (v == STRANGE || (v != GARBAGE && rKnows == WRONG))
#define when_SignatureMatches (rKnows == RIGHT && when_HashMatches)
#define when_SignerRefused (rKnows == RIGHT && when_IdentityRefused)
#define when_SignatureDiffers (!when_CertificateRefused && when_HashDiffers)
#define when_BeforeKeys (!rHasKeys)
#define when_KeysExist rHasKeys

#define ROW_Responder(state, what, guard, then, sends, text) \
        :: rState == state && event == what && guard -> printf(text); next = then; message = sends
#define ROW_Sender(state, what, guard, then, sends, text) \
        :: event == what && guard -> printf(text); Send(toI, sends, 0)
#define ROW_Initiator(state, what, guard, then, sends, text)
#define ROW_Receiver(state, what, guard, then, sends, text)

proctype Responder() {
  mtype event = Nothing, next = Nothing, message = Nothing;
  mtype last = Nothing, seen = Nothing;
  byte v, content, seenV;
end:
  do
  :: atomic {
       refused = false; copied = false;

       if                                                               /* What happens. */
       :: Arrives(rListens, toR, againR, SaPayload)
       :: Arrives(rListens, toR, againR, KeyMessage)
       :: Arrives(rListens, toR, againR, ProofI)
       :: ArrivesAgain(rListens, againR)
       :: Raced(rListens && rState == Idle, SaPayload, FULL)
       :: Raced(rListens && rState == Idle, SaPayload, WEAK)
       :: Raced(rListens && rState == Idle, SaPayload, UNFIT)
       :: Raced(rListens && rState == AwaitKeI, KeyMessage, INVALID)
       :: Raced(rListens && rState == AwaitKeI, KeyMessage, OF_E)
       :: Raced(rListens && rState == AwaitKeI && ENCRYPTS, KeyMessage, OF_E + MISREAD)
       :: Raced(rListens && rState == AwaitKeI && ENCRYPTS, KeyMessage, OF_E + MISREAD + BY_NAME)
       :: Forged(rListens && rState == AwaitProofI, ProofI, GARBAGE)
       :: Forged(rListens && rState == AwaitProofI && I_SIGNS, ProofI, STRANGE)
       :: Forged(rListens && rState == AwaitProofI && METHOD == HYBRID_I && rNi == OF_E, ProofI, PROOF_I(rKey, EXPECTED))  /* his own */
#ifndef FAIR
       :: rListens && rState == AwaitProofI -> event = SendClear        /* whatever there is to say is not said in clear any more */
#endif
       :: rDue -> event = HalfOpenExpired
       fi;

       if                                                               /* What comes of it. */
#include TABLE
       :: event == seen && v == seenV && last != Nothing ->             /* a copy: the same octets again */
            copied = true; Send(toI, last, content)
       :: else -> skip
       fi;
       ResponderMoves();

       if                                                               /* A refusal is an exchange of its own. */
#include "informational.rows"
       :: else -> skip
       fi;
       event = Nothing; next = Nothing; message = Nothing; v = 0
     }
  od
}

/* ---------------------------------------------------------------- The clock. */

proctype Clock() {
end:
  do
  :: atomic {
       (iWaits || rWaits) && !iDue && !rDue && CLOCK_GOES_ON(empty(toI) && empty(toR)) ->
       refused = false; copied = false;
       printf("  a tick\n");
       if :: iTimer > 0 -> iTimer-- :: else fi;
       if :: rTimer > 0 -> rTimer-- :: else fi
     }
  od
}

init {
  atomic {
    ChooseKeys();
    if
    :: METHOD == PSK || keysFit ->                      /* who has not the right key fails before offer or identity could matter */
         if :: skip :: offer = UNFIT fi;
         if :: skip :: iId = OTHER fi;
         if :: skip :: rId = OTHER fi
    :: else
    fi;
    run Initiator(); run Responder(); run Clock()
  }
}

/* ---------------------------------------------------------------- The properties: words in spec/properties.md. */

#define iUp (iState == Established)
#define rUp (rState == Established)
#define waits (iWaits || rWaits)
#define fits (keysFit && offer == FULL && iIsExpected && rIsExpected)
#define iMet iNr
#define rMet rNi

ltl S_01 {
  [] (authentic && ((iSure || rSure) -> (rSa == offer && iChoice == rSa && rNi == OF_I && iNr == OF_R))
      && (iSure -> rIsExpected) && (rSure -> iIsExpected))
}
ltl S_01_witness { [] !iSure }

ltl S_02 { [] ((iUp && rUp) -> iKey == rKey) }
ltl S_02_witness { [] !(iUp && rUp) }

ltl S_03 { [] ((iState == AwaitKeR -> (offer == FULL && iChoice != UNFIT)) && ((iSure || rSure) -> iChoice == rSa)) }
ltl S_03_witness { [] !(iState == AwaitProofR && iChoice == WEAK) }

ltl S_05 { [] (iSure -> rUp) }
ltl S_05_witness { [] !(rUp && !iUp) }

ltl S_07 { [] !forgedTaken }
ltl S_07_witness { [] !(refused && iState == AwaitProofR) }

ltl S_08 { [] (iMoved <= 3 && rMoved <= 3) }
ltl S_08_witness { [] !(copied && rUp) }

ltl S_29 { [] (iState == AwaitProofR -> iNr != OF_I) }
ltl S_29_witness { [] !(refused && iState == AwaitKeR) }

ltl S_37 { [] ((iState == AwaitProofR -> iNr != INVALID) && (rState == AwaitProofI -> rNi != INVALID)) }
ltl S_37_witness { [] !(refused && rState == AwaitKeI) }

ltl L_01 { [] (waits -> <> !waits) }
ltl L_01_witness { [] !(iState == Failed && rState == Failed) }

#ifdef FAIR     /* on the network that delivers */

ltl L_02 { <> ((iUp && rUp) || !fits) }
ltl L_02_witness { [] !(iUp && rUp && losses == LOSSES) }

ltl L_03 { <> ((iUp && rUp) || !fits) }
ltl L_03_witness { [] !(iUp && rUp && forgeries == FORGERIES) }

ltl L_04 { [] ((rUp && fits) -> <> iUp) }
ltl L_04_witness { [] !(rUp && iState == AwaitProofR && iTries > 0) }

#endif
