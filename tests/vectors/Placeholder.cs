namespace RefIke.Vectors;

public sealed class Placeholder
{
}
