/* The methods of authentication, for the models of phase 1. METHOD chooses the table that a model runs with; this file says what is
   the same in both models.

   What an end knows of its peer's key is chosen at the start: the RIGHT one, a WRONG one, or NONE.

     PSK   there are two secrets at most: iKnows is RIGHT, and rKnows is WRONG where the two secrets differ
     SIG   each end trusts the key that the other signs with, or another
     PKE   each end encrypts to the key that the other has, or to another, or knows none. A nonce that cannot be decrypted is replaced
           by one that nobody knows, so the keys come out different, and HASH says so (D-114)
     RPKE  the same, but what follows the nonce does not open with a key made of the wrong nonce, so it is refused before HASH

     HYBRID_I, HYBRID_R   the edge device signs as with SIG; the user, who is the initiator or the responder, sends a HASH that whoever
           made the KE can make, and has no key that could be wrong. XAUTH asks later who he is (transaction.pml)

   NAMED is whether the initiator says by HASH(1) which key of the responder it encrypts to: the responder then sees a WRONG one.

   The attacker knows all public keys and no private one: he can encrypt what he likes to either end, read nothing that they encrypt,
   and sign with a key of his own alone. */

#define PSK 0
#define SIG 1
#define PKE 2
#define RPKE 3
#define HYBRID_I 4
#define HYBRID_R 5

#ifndef METHOD
#define METHOD PSK
#endif

#define ENCRYPTS (METHOD == PKE || METHOD == RPKE)
#define I_SIGNS (METHOD == SIG || METHOD == HYBRID_R)
#define R_SIGNS (METHOD == SIG || METHOD == HYBRID_I)

#define RIGHT 0
#define WRONG 1
#define NONE 2

/* An identity as the other end expects it, or another. */
#define EXPECTED 0
#define OTHER 1

byte iKnows = RIGHT, rKnows = RIGHT;
bool named = false;

inline ChooseKeys() {
#if METHOD == PSK
  if :: skip :: rKnows = WRONG fi
#elif I_SIGNS || R_SIGNS
  if :: skip :: R_SIGNS -> iKnows = WRONG fi;
  if :: skip :: I_SIGNS -> rKnows = WRONG fi
#else
  if :: skip :: iKnows = WRONG :: iKnows = WRONG; named = true :: iKnows = NONE fi;
  if                                                    /* one trouble with keys at a time */
  :: skip
  :: iKnows == RIGHT -> rKnows = WRONG
  :: iKnows == RIGHT -> rKnows = NONE
  fi
#endif
}

#define keysFit (iKnows == RIGHT && rKnows == RIGHT)

/* Who is established holds the right key; where the key is a shared secret, or had to be used to get so far, both do. */
#if I_SIGNS || R_SIGNS
#define authentic ((!iUp || iKnows == RIGHT) && (!rUp || rKnows == RIGHT))
#else
#define authentic (!(iUp || rUp) || keysFit)
#endif

/* Who is established and knows with whom. The edge device does not where it met (iMet, rMet of the model) the attacker: he speaks for
   himself, and is nobody until XAUTH has asked. With ALL_SURE it is asked for what it has not. */
#ifndef ALL_SURE
#define isAnybody(met) ((met) == OF_E)
#else
#define isAnybody(met) false
#endif
#define iSure (iUp && !(METHOD == HYBRID_R && isAnybody(iMet)))
#define rSure (rUp && !(METHOD == HYBRID_I && isAnybody(rMet)))

/* The name that a user gives in phase 1 is not looked at. */
#define iIsExpected (iId == EXPECTED || METHOD == HYBRID_I)
#define rIsExpected (rId == EXPECTED || METHOD == HYBRID_R)
