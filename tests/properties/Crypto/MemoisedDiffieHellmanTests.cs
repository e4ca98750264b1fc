using RefIke.Crypto;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>What an exploration remembers of Diffie-Hellman: each answer once, no fault taken for a secret, and no more than the bound.</summary>
public sealed class MemoisedDiffieHellmanTests
{
    private static readonly Group Group = GroupList.Get(19);
    private static readonly Secret X = Secret.Of([1, 2, 3]);
    private static readonly byte[] Peer = DiffieHellman.Best.PublicValue(Group, Secret.Of([4, 5, 6]));

    /// <summary>Asked again, it answers the same without asking the other.</summary>
    [Fact]
    public void EachAnswerIsComputedOnce()
    {
        var (inner, due) = (new Counting(), DiffieHellman.Best);
        var memo = new MemoisedDiffieHellman(inner);
        due.TrySharedSecret(Group, X, Peer, out var g_xy);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(due.PublicValue(Group, X), memo.PublicValue(Group, X));
            Assert.Equal(PublicValueFault.None, memo.Check(Group, Peer));
            Assert.Equal(PublicValueFault.WrongLength, memo.Check(Group, [1]));
            Assert.Equal(PublicValueFault.None, memo.TrySharedSecret(Group, X, Peer, out var secret));
            Assert.Equal(g_xy, secret);
            Assert.Equal(4, inner.Count);
        }
    }

    /// <summary>A value that was refused is refused again, and there is no secret with it.</summary>
    [Fact]
    public void RefusedValueHasNoSecret()
    {
        var memo = new MemoisedDiffieHellman(DiffieHellman.Best);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(PublicValueFault.WrongLength, memo.TrySharedSecret(Group, X, [1], out var secret));
            Assert.Null(secret);
        }
    }

    /// <summary>With the bound reached all is forgotten, and not before.</summary>
    [Fact]
    public void NoMoreThanTheBoundIsKept()
    {
        var inner = new Counting();
        var memo = new MemoisedDiffieHellman(inner, bound: 2);
        byte[][] values = [[1], [2], [3]];
        int Asked(int value)
        {
            var before = inner.Count;
            memo.Check(Group, values[value]);
            return inner.Count - before;
        }

        Assert.Equal([1, 1, 0, 0, 1, 1], new[] { 0, 1, 0, 1, 2, 0 }.Select(Asked));
    }

    private sealed class Counting : IDiffieHellman
    {
        public int Count { get; private set; }

        public string Name => "counting";

        public byte[] PublicValue(Group group, Secret x) => Counted().PublicValue(group, x);

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue) => Counted().Check(group, publicValue);

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
            => Counted().TrySharedSecret(group, x, peer, out g_xy);

        private IDiffieHellman Counted()
        {
            Count++;
            return DiffieHellman.Best;
        }
    }
}
