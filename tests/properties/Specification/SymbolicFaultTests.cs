using RefIke.Properties.Engine;
using RefIke.Specification.Symbolic;
using Xunit;

namespace RefIke.Properties.Specification;

/// <summary>Faults seeded in the models of <c>spec/symbolic</c>: each is noticed by the property that is there for it.</summary>
public sealed class SymbolicFaultTests
{
    /// <summary>What is weakened: file, what stands there, what stands there instead; and which search notices.</summary>
    private static readonly Dictionary<string, Fault> Faults = new()
    {
        ["the mended hash does not name the peer"] = new(
            "phase1", "eq names(P) = P == signedNamed .", "eq names(P) = false .", "main-mode-sig",
            "Y-05, A-03 mended"),
        ["a signature that anybody can make is accepted (M-89)"] = new(
            "phase1", "\"SIG\" : sig(A, hash(P, Q, SK, A, B, V))", "\"SIG\" : c(50)", "main-mode-sig", "Y-03."),
        ["SKEYID of signatures without g^xy, and SKEYID_d too"] = new(
            "phase1", "= prf(NI ; NR, Z ; alg(F)) .", "= prf(NI ; NR, alg(F)) .", "main-mode-sig", "Y-01",
            ("prf(SK, Z ; CI ; CR ; c(0)) .", "prf(SK, CI ; CR ; c(0)) .")),
        ["SKEYID_d of a pre-shared key without g^xy"] = new(
            "phase1", "= prf(SK, Z ; CI ; CR ; c(0)) .", "= prf(SK, CI ; CR ; c(0)) .", "main-mode-psk", "Y-02"),
        ["SAi_b left out of HASH_I and HASH_R (M-69)"] = new(
            "phase1", "eq covers(P, V) = offered(V) .", "eq covers(P, V) = c(20) .", "main-mode-psk", "Y-06"),
        ["an end takes its own values for the peer's (M-93)"] = new(
            "phase1", "eq tolerant(P) = P == sharedTolerant .", "eq tolerant(P) = true .", "main-mode-psk",
            "Y-05, A-01, A-16 mended"),
        ["the key of a pair of names is everybody's"] = new(
            "phase1", "prf(psk(A, B), NI ; NR ; alg(F))", "prf(c(51), NI ; NR ; alg(F))", "main-mode-psk", "Y-10"),
        ["a responder answers every session with the same values (M-96)"] = new(
            "phase1", "V := v(CI, ck(N), GX, g(x(N)), NX, n(N), SA, chosen(SA))",
            "V := v(CI, ck(2), GX, g(x(2)), NX, n(2), SA, chosen(SA))", "aggressive-mode-psk", "Y-09",
            ("eq gxy(N, R, v(CI, CR, GI, GR, NI, NR, SA, F)) = pow(GI, x(N))",
                "eq gxy(N, R, v(CI, CR, GI, GR, NI, NR, SA, F)) = pow(GI, x(2))")),
        ["a nonce is not encrypted (M-95)"] = new(
            "encrypted", "\"ID\" : penc(B, id(A)) ; \"NONCE\" : penc(B, NX)",
            "\"ID\" : penc(B, id(A)) ; \"NONCE\" : NX", "main-mode-pke", "Y-03."),
        ["an identity is not encrypted (M-95)"] = new(
            "encrypted", "\"ID\" : penc(B, id(A)) ; \"NONCE\"", "\"ID\" : id(A) ; \"NONCE\"", "main-mode-pke", "Y-10"),
        ["the joint ciphertext is split again"] = new(
            "encrypted", "\"ID NONCE\" : penc(B, id(A) ; NX)", "\"ID\" : penc(B, id(A)) ; \"NONCE\" : penc(B, NX)",
            "main-mode-pke", "Y-05, A-07 mended"),
        ["the revised mode's key is made of the cookie alone"] = new(
            "encrypted", "\"ID\" : enc(prf(NX, CX), id(A))", "\"ID\" : enc(prf(CX, CX), id(A))", "main-mode-rpke",
            "Y-10"),
        ["the mended hash leaves the choice out"] = new(
            "negotiation", "= body(SA) ; F .", "= body(SA) .", "negotiation", "Y-07, A-35 mended"),
        ["the mended hash leaves the vendor ids out"] = new(
            "negotiation", "eq covers(extended, v(CI, CR, GI, GR, NI, NR, SA, F)) = SA .",
            "eq covers(extended, v(CI, CR, GI, GR, NI, NR, SA, F)) = body(SA) .", "negotiation", "Y-06, A-41 mended"),
        ["the mended hash joins the nonces"] = new(
            "negotiation", "= body(SA) ; h(NI) ; h(NR) .", "= body(SA) ; h(NI ; NR) .", "negotiation",
            "Y-08, A-15 mended"),
        ["KE is no longer masked by the key"] = new(
            "weak-psk", "enc(psk(A, B), g(x(N)))", "g(x(N))", "weak-psk", "Y-11, A-18 mended",
            ("enc(psk(A, B), GX)", "GX")),
        ["the responder that speaks first keeps nothing of the run from who listens"] = new(
            "responder-first", "skey(P, N, Q, A, B, V)", "c(52)", "responder-first", "Y-14",
            ("keyE(P, N, Q, A, B, V)", "c(54)")),
        ["the gateway's signature covers nothing"] = new(
            "group-psk-xauth", "\"SIG\" : sig(A, hash(hybrid, R, SK, A, B, V))", "\"SIG\" : c(53)", "group-psk-xauth",
            "Y-16, A-26 mended"),
        ["HASH(3) is not looked at (M-105)"] = new(
            "quick-mode", "if T := third(P, MI, L, NI, NR) /\\ K |- T .", "if T := third(P, MI, L, NI, NR) .",
            "quick-mode", "Y-05."),
        ["KEYMAT without g(qm)^xy (M-74)"] = new(
            "phase2", "prf(skeyidD, Z ; c(3) ; T ; NI ; NR)", "prf(skeyidD, c(3) ; T ; NI ; NR)", "quick-mode",
            "Y-02. With PFS"),
        ["SKEYID is the same in every session"] = new(
            "phase1", "= prf(NI ; NR, Z ; alg(F)) .", "= psk(A, B) .", "aggressive-mode-sig", "Y-15",
            ("prf(SK, Z ; CI ; CR ; c(0)) .", "prf(SK, CI ; CR ; c(0)) .")),
        ["client identities are not compared (M-56)"] = new(
            "quick-mode", "\"ID\" : client(A) ; \"ID\" : client(B) ; end",
            "\"ID\" : client(?) ; \"ID\" : client(?) ; end", "quick-mode", "Y-03, A-12. Identities"),
        ["an M-ID that was met is forgotten (M-128)"] = new(
            "phase2", "eq met(P, S, MI) = if refuses(P) == everyones then S & MI else S fi .",
            "eq met(P, S, MI) = S .", "quick-mode", "Y-12, A-68 mended"),
        ["an M-ID that I opened is taken from the peer (M-138)"] = new(
            "phase2", "eq opened(P, S, MI) = if refuses(P) == nobodys then S else S & MI fi .",
            "eq opened(P, S, MI) = S .", "quick-mode", "Y-05, A-11 mended: an M-ID"),
        ["an Informational may have any payload"] = new(
            "informational", "eq takes(P, \"SA\" : T) = P == laxNext .", "eq takes(P, \"SA\" : T) = true .",
            "informational", "Y-13, A-14 mended"),
        ["New Group Mode's answer is not chained to its request"] = new(
            "new-group-mode", "eq chained(P) = P =/= asWritten .", "eq chained(P) = false .", "new-group-mode",
            "Y-03, A-13. In the chain"),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void FaultIsNoticed(string name)
    {
        Assert.SkipUnless(MaudeRunner.IsInstalled, "maude is not installed");
        var fault = Faults[name];
        var verdicts = MaudeRunner.Run(
            Pair.Repository, TestContext.Current.CancellationToken,
            only: s => s.Model == fault.Model && s.Note.StartsWith(fault.Note, StringComparison.Ordinal) && !s.IsWitness,
            change: fault.Seed).ToArray();
        Assert.DoesNotContain(verdicts, v => v.Verdict == "no model");
        Assert.Contains(verdicts, v => v is { Verdict: "violated", Expected: "holds", AsExpected: false, Detail.Count: > 3 });
    }

    /// <summary>
    /// Every property that holds somewhere has a fault that it notices, but one: weak agreement is asked only beside
    /// agreement, which says more.
    /// </summary>
    [Fact]
    public void EveryPropertyNoticesSome()
    {
        var recorded = MaudeRecord.Read(Pair.Repository);
        var holding = MaudeVariant.ReadAll(Pair.Repository).SelectMany(v => v.Searches)
            .Where(s => recorded[(s.Model, s.Key)].Verdict == "holds").Select(s => s.Note[..4]).Distinct();
        Assert.Equal(["Y-04"], holding.Except(Faults.Values.Select(f => f.Note[..4])));
    }

    private sealed record Fault(
        string File, string From, string To, string Model, string Note, (string From, string To)? Also = null)
    {
        public string Seed(string file, string text)
        {
            if (file != $"{File}.maude")
            {
                return text;
            }

            Assert.Contains(From, text, StringComparison.Ordinal);
            var changed = text.Replace(From, To, StringComparison.Ordinal);
            if (Also is var (from, to))
            {
                Assert.Contains(from, changed, StringComparison.Ordinal);
                changed = changed.Replace(from, to, StringComparison.Ordinal);
            }

            return changed;
        }
    }
}
